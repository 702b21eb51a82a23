/** Connections that were silent while their client believed in them. */
import type { HubConnectionModel, TransportModel } from "../../model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../../units.ts";

/** The client's default. A client with it gives up in time, unless the browser throttles its timers. */
export const DEFAULT_TIMEOUT: Milliseconds = 30_000;
const SHORTEST: Milliseconds = 35_000;
/** Later than usual by this factor: pings were lost, and not only late. */
const TIMES = 3;
/** With fewer messages from the server its ping interval isn't known. */
const FEWEST = 3;

export interface Silence {
  readonly hub: HubConnectionModel;
  readonly from: EpochMilliseconds;
  readonly until: EpochMilliseconds;
}

/**
 * From the last message of the server until the last one of the client: then the client was still awake, and sent. Of each
 * transport only the end: after an earlier silence the server was heard again.
 */
export const silencesOf = (hub: HubConnectionModel): Silence[] =>
  hub.transports.flatMap((transport) => {
    const { lastIn, lastOut, ghost } = transport;
    if (hub.serverTimeout === null || hub.serverTimeout <= DEFAULT_TIMEOUT) return [];
    if (ghost || lastIn === null || lastOut === null || lastOut - lastIn < SHORTEST) return [];
    const usual = longestGap(hub, transport);
    return usual === null || lastOut - lastIn < usual * TIMES ? [] : [{ hub, from: lastIn, until: lastOut }];
  });

/** The longest time between two messages of the server. null: there were too few. */
function longestGap(
  { messages, counts }: HubConnectionModel,
  { socket, handshakeAt }: TransportModel,
): Milliseconds | null {
  if (handshakeAt === null) return null;
  const heard: EpochMilliseconds[] = counts.flatMap((one) =>
    one.socket === socket ? [one.t, one.until] : [],
  );
  for (let i = messages.firstFrom(handshakeAt); i < messages.length; i++) {
    const head = messages.headAt(i);
    if (head.socket === socket && head.direction === "in") heard.push(messages.timeAt(i));
  }
  if (heard.length < FEWEST) return null;
  let longest = 0;
  let last = handshakeAt;
  for (const t of heard.sort((a, b) => a - b)) {
    longest = Math.max(longest, t - last);
    last = t;
  }
  return longest;
}
