/** What an app that follows Microsoft's guidance would have done. */
import { targetsCalled } from "../model/not-repeated.ts";
import type { HubConnectionModel, InterruptionModel } from "../model/types.ts";
import type { PauseStep, Step } from "../scenarios/scenario.ts";
import type { Milliseconds } from "../units.ts";

/**
 * The client's own delays are 0, 2, 10 and 30 s: after a short outage the next try comes soon, after a long one it may take a while.
 * So it may after an answer that tells it to wait, which is where such a phase ends.
 */
export function recoveredWithin(outage: Milliseconds, retryAfter: Milliseconds | null): Milliseconds {
  if (retryAfter !== null) return Math.min(Math.max(35_000, retryAfter + 10_000), 300_000);
  if (outage === 0) return 5_000;
  return outage <= 20_000 ? 10_000 : 35_000;
}

/** Time for the app's own calls after it is connected again. */
const A_MOMENT: PauseStep = { do: "pause", time: 3_500 };

/** Calls this soon after the first connect are part of the app's start. */
const AT_START: Milliseconds = 3_000;

export function expectationsAfter(
  hub: HubConnectionModel,
  { outcome }: InterruptionModel,
  within: Milliseconds,
): Step[] {
  const steps: Step[] = [{ do: "expect", that: "recovered", within }];
  if (hub.circuit !== null) steps.push({ do: "expect", that: "circuit-kept" });
  else if (outcome === "resumed") steps.push({ do: "expect", that: "same-connection-id" });
  else if (callsAtStart(hub)) {
    steps.unshift(A_MOMENT);
    steps.push({ do: "expect", that: "joined-again", within: AT_START });
  }
  return [
    ...steps,
    { do: "expect", that: "no-call-lost" },
    { do: "expect", that: "no-duplicate-connection" },
  ];
}

/** Whether there is anything to repeat with a new connection id: joining groups, subscribing. */
function callsAtStart(hub: HubConnectionModel): boolean {
  const first = hub.transports.find(({ handshakeAt }) => handshakeAt !== null)?.handshakeAt ?? null;
  return first !== null && targetsCalled(hub, first, first + AT_START).size > 0;
}
