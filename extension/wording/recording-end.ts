/** Why a recording ended while its page went on, in words. */
import type { RecordingEnded } from "../core/events/events.ts";

type Reason = RecordingEnded["reason"];

export const RECORDING_END_TITLE: Readonly<Record<Reason, string>> = {
  "switched-off": "Recording turned off",
  "probe-switched": "Client probe turned on or off",
  "too-large": "Recording too large",
  "devtools-closed": "DevTools closed",
  "page-left": "Page left",
  "worker-silent": "Worker doesn't answer",
};

export const RECORDING_END_WHY: Readonly<Record<Reason, string>> = {
  "switched-off": "recording was turned off",
  "probe-switched": "the client probe was turned on or off; another recording follows",
  "too-large": "it became too large; another recording follows",
  "devtools-closed": "DevTools was closed, from which it was read",
  "page-left":
    "the page through which the shared worker was recorded was left; the worker may go on in others",
  "worker-silent":
    "the worker didn't answer for 20 s: it was terminated, or is blocked. If it answers again, another recording follows",
};
