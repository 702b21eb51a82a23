import type { FaultRun } from "../fault.ts";
import { sampling } from "../sampling.ts";

export const dropMessages: FaultRun<"drop-messages"> = (command, { fault }) => ({
  stage: { fault, pass: sampling(command, { kind: "swallow" }) },
});
