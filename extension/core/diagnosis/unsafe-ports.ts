/** Ports to which browsers don't connect, whether or not the browser says so. */
import type { FailedStartState } from "../model/state.ts";
import type { AttemptModel, AttemptOutcome } from "../model/types.ts";
import { hostOf } from "../protocol/addresses.ts";
import { endedByClient, obstacleOf, TRANSPORT_FAILED } from "./obstacles.ts";

/**
 * Ports of other protocols, to which browsers don't connect: "bad ports" of the Fetch standard. Each of them was tried with
 * Chromium 156 and Firefox 153: both fail at once. Chromium's extensions are told why, Firefox's nothing. Left out are 4190 and
 * 6679, which only Firefox blocks.
 * https://fetch.spec.whatwg.org/#port-blocking
 */
const UNSAFE_PORTS: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 10080,
]);

/**
 * The port to which a start that failed has connected, if it is one of these, and nothing tells another reason: no answer, no word of
 * the browser. null: that isn't the reason. Where such a connection has once opened, the browser is set up to allow it.
 */
export function blockedPort(
  { lane: { model } }: FailedStartState,
  { outcome, requests, socket }: AttemptModel,
): number | null {
  if (!isSilent(outcome) || model.transports.some(({ openedAt }) => openedAt !== null)) return null;
  const url =
    model.transports.find((one) => one.socket === socket)?.url ??
    model.requests.find(({ request }) => request === requests.at(-1))?.started.url ??
    model.url;
  const port = Number(/:(\d{1,5})$/.exec(hostOf(url))?.[1] ?? NaN);
  return UNSAFE_PORTS.has(port) ? port : null;
}

function isSilent(outcome: AttemptOutcome): boolean {
  switch (outcome.kind) {
    case "negotiate-failed":
      return obstacleOf(outcome)?.name === "unreachable" && !outcome.seen && !endedByClient(outcome.error);
    case "socket-failed":
      return (
        obstacleOf(outcome)?.name === TRANSPORT_FAILED[outcome.transport] &&
        outcome.network !== true &&
        typeof outcome.status !== "number"
      );
    case "not-sent":
      return !outcome.negotiates;
    case "handshake-failed":
    case "waiting":
    case "running":
    case "connected":
    case "abandoned":
      return false;
  }
}
