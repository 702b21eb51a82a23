/** Pages that patch the platform's own functions: everything works as without the hook, with the same errors or none. */
import type { Checks, Place } from "../check.ts";
import { answerOf } from "./frame-answer.ts";
import { patches } from "./patches.ts";

/** Opens a page in a frame, which runs `runPatchedPage` and reports the result. */
async function inFrame(path: string, { hub }: Place): Promise<unknown> {
  const frame = document.createElement("iframe");
  const answer = answerOf(frame);
  frame.src = `${path}?hub=${encodeURIComponent(hub)}`;
  document.body.append(frame);
  const result = await answer;
  frame.remove();
  return result;
}

export const patchedPages: Checks = {
  ...Object.fromEntries(
    Object.keys(patches).map((name) => [name, (place: Place) => inFrame(`/patched/${name}`, place)]),
  ),
  "a strict content security policy": (place) => inFrame("/csp/nothing", place),
};
