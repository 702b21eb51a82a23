import type { FaultRun } from "../fault.ts";
import { drawing } from "../sampling.ts";

export const dropMessages: FaultRun<"drop-messages"> = (command, { fault }) => ({
  stage: { fault, pass: drawing(command, { kind: "swallow" }) },
});
