/** Calls of a method that no hub has: the app's own methods are never called. */
import { HttpError, HubConnectionState, type HubConnection } from "@microsoft/signalr";
import type { Milliseconds } from "../../extension/core/units.ts";
import { errorText, median, within } from "./waiting.ts";

export const METHOD = "HubscopeConnectionDoctor";

const ANSWER_WITHIN: Milliseconds = 10_000;

export interface CallEnd {
  /** The server answered, whatever it said. */
  readonly answered: boolean;
  /** Its answer, or why there is none. */
  readonly text: string;
  readonly duration: Milliseconds;
  /** Of a send over HTTP that was refused. */
  readonly status?: number;
}

/** Never rejects. @param name makes the answer long: servers repeat it */
export async function call(connection: HubConnection, argument: string, name = METHOD): Promise<CallEnd> {
  const began = performance.now();
  try {
    const late = new Error("No answer within 10 s.");
    const result = await within(ANSWER_WITHIN, connection.invoke<unknown>(name, argument), late);
    return { answered: true, text: String(result), duration: performance.now() - began };
  } catch (error) {
    const text = errorText(error);
    const duration = performance.now() - began;
    if (error instanceof HttpError) return { answered: false, text, duration, status: error.statusCode };
    // An answer with an error leaves the connection open; the client knows of a loss before it rejects its calls.
    const answered = connection.state === HubConnectionState.Connected && !text.startsWith("No answer");
    return { answered, text, duration };
  }
}

const ROUND_TRIPS = 3;

/** undefined: the server doesn't answer such calls. */
export async function roundTrip(connection: HubConnection): Promise<Milliseconds | undefined> {
  const times: Milliseconds[] = [];
  for (let i = 0; i < ROUND_TRIPS; i++) {
    const { answered, duration } = await call(connection, "");
    if (!answered) return undefined;
    times.push(duration);
  }
  return median(times);
}
