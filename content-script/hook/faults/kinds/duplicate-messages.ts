import type { FaultRun } from "../fault.ts";
import { drawing } from "../drawing.ts";

export const duplicateMessages: FaultRun<"duplicate-messages"> = (command, { fault }) => ({
  stage: { fault, pass: drawing(command, { kind: "repeat" }) },
});
