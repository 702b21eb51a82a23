/** One request. The time is bounded, whatever the network does. */
import { duration } from "../../core/text/format.ts";
import type { Milliseconds } from "../../core/units.ts";
import { readAnswer, type Outcome } from "./answer.ts";
import { NoAnswer, type PostRequest, type SendPorts } from "./ports.ts";

export interface Tried {
  /** null: there was no answer. */
  readonly status: number | null;
  readonly outcome:
    | Exclude<Outcome, { readonly kind: "busy" }>
    | { readonly kind: "again"; readonly after: Milliseconds | null; readonly message: string }
    /** Another try would end in the same way. */
    | { readonly kind: "final"; readonly message: string };
}

export const STOPPED = "sending was stopped";

const again = (message: string): Tried => ({
  status: null,
  outcome: { kind: "again", after: null, message },
});

export async function attempt(
  request: Omit<PostRequest, "signal">,
  time: Milliseconds,
  ports: SendPorts,
  stopped: AbortSignal,
): Promise<Tried> {
  const posting = new AbortController();
  const waiting = new AbortController();
  const stopWaiting = (): void => waiting.abort();
  stopped.addEventListener("abort", stopWaiting);
  const late = ports
    .sleep(time, waiting.signal)
    .then(() => again(stopped.aborted ? STOPPED : `no answer within ${duration(time)}`));
  try {
    return await Promise.race([post({ ...request, signal: posting.signal }, ports), late]);
  } finally {
    stopped.removeEventListener("abort", stopWaiting);
    waiting.abort();
    posting.abort();
  }
}

async function post(request: PostRequest, ports: SendPorts): Promise<Tried> {
  try {
    const answer = await ports.post(request);
    const { status } = answer;
    const outcome = readAnswer(answer, ports.now());
    if (outcome.kind !== "busy") return { status, outcome };
    const { after, message } = outcome;
    const said = message === null ? "" : `: ${message}`;
    return { status, outcome: { kind: "again", after, message: `it answers with status ${status}${said}` } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return error instanceof NoAnswer && !error.mayPass
      ? { status: null, outcome: { kind: "final", message } }
      : again(message);
  }
}
