/** What a connection waits for, in words: for verdicts, and for wherever its state is shown. Pure. */
import type { Wait } from "../model/waits.ts";
import { duration } from "../text/format.ts";
import type { Milliseconds } from "../units.ts";

/** After "waiting for". */
export function awaited({ step, transport }: Pick<Wait, "step" | "transport">): string {
  switch (step) {
    case "token":
      return "the access token";
    case "negotiate":
      return "the answer to the negotiate";
    case "redirect":
      return "the answer to the redirected negotiate";
    case "upgrade":
      return "the upgrade of the WebSocket";
    case "event-stream":
      return "the event stream to open";
    case "poll":
      return "the answer to the first poll";
    case "handshake":
      return transport === null ? "the handshake response" : `the handshake response (${transport})`;
    case "first-ping":
      return "the first ping of the server";
    case "no-transport":
      return "the client to notice that its transport has closed";
  }
}

/** "Waiting for the upgrade of the WebSocket, 12 s". */
export const waitingWords = (wait: Pick<Wait, "step" | "transport">, length: Milliseconds): string =>
  `Waiting for ${awaited(wait)}, ${duration(length)}`;

/** The step itself, as the subject of a sentence. */
export function stepName(wait: Pick<Wait, "step" | "transport">): string {
  switch (wait.step) {
    case "token":
      return "The access token";
    case "negotiate":
      return "The negotiate";
    case "redirect":
      return "The redirected negotiate";
    case "upgrade":
      return "The upgrade of the WebSocket";
    case "event-stream":
      return "Opening the event stream";
    case "poll":
      return "The first poll";
    case "handshake":
      return "The handshake";
    case "first-ping":
      return "The first ping of the server";
    case "no-transport":
      return "Connected without a transport";
  }
}
