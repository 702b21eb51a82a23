import type { FaultRun } from "../fault.ts";
import { drawing } from "../sampling.ts";

export const duplicateMessages: FaultRun<"duplicate-messages"> = (command, { fault }) => ({
  stage: { fault, pass: drawing(command, { kind: "repeat" }) },
});
