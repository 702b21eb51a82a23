/** Where the page's code called us from, as the browser writes it. */
import { defineProperty, getOwnPropertyDescriptor } from "../../sentinel/shared-with-hook.ts";
import type { Recorder } from "../record/recorder.ts";

const MAX_FRAMES = 8;
const LONGEST = 2_000;
/** Frames of an extension. In Firefox a script that is injected into the page's world has no address. */
const OURS = /(?:chrome|moz)-extension:|@<anonymous code>:/;

/** Tells our own frames. In a worker they have the address of its script: the code there says which they are. */
export const frames = { areOurs: (line: string): boolean => OURS.test(line) };

/**
 * The frames of the page, innermost first. undefined: payloads aren't recorded, or the page wants to write stacks itself
 * (`Error.prepareStackTrace`): it would see ours.
 */
export function callStack({ mode }: Recorder): string | undefined {
  if (!mode.payloads || getOwnPropertyDescriptor(Error, "prepareStackTrace")) return undefined;
  const stack = deepStack();
  return typeof stack === "string" ? pageFrames(stack) : undefined;
}

/**
 * The page's frames of a stack, without the queries of their addresses: a script in the page itself has the page's.
 * undefined: there are none.
 */
export function pageFrames(stack: string): string | undefined {
  const theirs = stack
    .split("\n")
    .map((line) => line.trim())
    // Chromium begins with the error's name, and writes "at f (url)"; Firefox "f@url".
    .filter((line) => (line.startsWith("at ") || line.includes("@")) && !frames.areOurs(line))
    .slice(0, MAX_FRAMES)
    .map((line) => line.replace(/data:.*|[?#].*?(?=(?::\d+){0,2}\)?$)/, "…"));
  return theirs.length > 0 ? theirs.join("\n").slice(0, LONGEST) : undefined;
}

/** Chromium keeps 10 frames by default, and as many are ours. None of the page's code runs while the limit is another one. */
function deepStack(): unknown {
  const limit = getOwnPropertyDescriptor(Error, "stackTraceLimit");
  const isOurs = limit !== undefined && "value" in limit && limit.writable === true;
  if (isOurs) defineProperty(Error, "stackTraceLimit", { ...limit, value: DEEP });
  const { stack } = new Error();
  if (isOurs) defineProperty(Error, "stackTraceLimit", limit);
  return stack;
}
const DEEP = 30;
