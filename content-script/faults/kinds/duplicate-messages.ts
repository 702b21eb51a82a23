import type { FaultRun } from "../fault.ts";
import { sampling } from "../sampling.ts";

export const duplicateMessages: FaultRun<"duplicate-messages"> = (command, { fault }) => ({
  stage: { fault, pass: sampling(command, { kind: "repeat" }) },
});
