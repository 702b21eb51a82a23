/** Questions to a hook, each answered by a `reply` with its number. */
import { isObject } from "../../extension/core/is-object.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import type { FaultAnswer, RelayToHook } from "../../extension/messages/hook-relay.ts";

/** How long the hook may take to answer. */
const ANSWER_TIMEOUT: Milliseconds = 5_000;

export interface Calls {
  /** null: the hook did not answer in time. */
  ask(message: (call: number) => RelayToHook): Promise<FaultAnswer | null>;
  /** Call with what the hook says in a `reply`. It may be hostile. */
  answered(call: unknown, answer: unknown): void;
}

export function createCalls(send: (message: RelayToHook) => void): Calls {
  const calls = new Map<number, (answer: FaultAnswer) => void>();
  let lastCall = 0;
  return {
    ask(message) {
      const call = ++lastCall;
      return new Promise((resolve) => {
        const end = (answer: FaultAnswer | null): void => {
          clearTimeout(timer);
          calls.delete(call);
          resolve(answer);
        };
        const timer = setTimeout(end, ANSWER_TIMEOUT, null);
        calls.set(call, end);
        send(message(call));
      });
    },
    answered(call, answer) {
      if (typeof call === "number" && isObject(answer)) calls.get(call)?.(readAnswer(answer));
    },
  };
}

function readAnswer(answer: Record<string, unknown>): FaultAnswer {
  if (answer["ok"] === true && typeof answer["fault"] === "number")
    return { ok: true, fault: answer["fault"] };
  return {
    ok: false,
    error: typeof answer["error"] === "string" ? answer["error"].slice(0, 1_000) : "The page gave no reason.",
  };
}

/** Longer than a hook needs to answer that it sent a request. */
const OTHERS_WAIT: Milliseconds = 500;

/**
 * Whether this hook sent the request. All frames and workers of a tab are asked, and `tabs.sendMessage` takes the first answer: so
 * those that didn't send it answer later.
 */
export async function ownsRequest(
  { ask }: Calls,
  note: Extract<RelayToHook, { type: "network" }>["note"],
): Promise<FaultAnswer | undefined> {
  const answer = await ask((call) => ({ type: "network", note, call }));
  if (answer?.ok) return answer;
  await new Promise((resolve) => setTimeout(resolve, OTHERS_WAIT));
  return answer ?? undefined;
}
