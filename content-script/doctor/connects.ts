/** Each transport with each protocol, as the client would open them. */
import type {
  DoctorConnected,
  DoctorOutcome,
  DoctorProtocol,
} from "../../extension/core/events/doctor-events.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { nativeFetch, omitUndefined } from "../hook/shared-with-tools.ts";
import { roundTrip } from "./calls.ts";
import { asTheApp } from "./http.ts";
import { close, open, type OpenOptions, type Opened, type Told, type Trial } from "./trial.ts";
import { errorText, pause } from "./waiting.ts";

export type Working = Pick<OpenOptions, "transport" | "protocol">;

/** @returns those that are connected, best first */
export async function tryConnects(trial: Trial, reached: boolean): Promise<readonly Working[]> {
  const working: Working[] = [];
  const [text, binary] = protocolsFor(trial.app.url);
  const tries: readonly OpenOptions[] = reached
    ? [
        { transport: "WebSockets", protocol: text },
        ...(binary ? [{ transport: "WebSockets", protocol: binary } as const] : []),
        // An event stream carries text only.
        ...(text === "json" ? [{ transport: "ServerSentEvents", protocol: text } as const] : []),
        { transport: "LongPolling", protocol: text },
        ...(binary ? [{ transport: "LongPolling", protocol: binary } as const] : []),
        { transport: "WebSockets", protocol: text, skipNegotiation: true },
      ]
    : [{ transport: "WebSockets", protocol: text, skipNegotiation: true }];
  for (const options of tries) {
    if (trial.ended()) break;
    const { transport, protocol, skipNegotiation } = options;
    trial.tell({ kind: "doctor-tries", check: "connect", transport, protocol });
    let opened = await open(trial, options);
    const again = MAY_PASS.includes(opened.outcome) && opened.blockedBy === undefined && !trial.ended();
    if (again) opened = await open(trial, options);
    if (trial.ended()) break;
    const { connection, opening } = opened;
    let closed: string | undefined;
    connection?.onclose((reason) => {
      closed = reason ? errorText(reason) : "The server closed the connection at once, without a reason.";
    });
    const time = connection && trial.order.calls ? await roundTrip(connection) : undefined;
    if (connection && !trial.order.calls) await pause(A_MOMENT, trial.signal);
    const upgradeLost =
      connection || transport !== "WebSockets" ? undefined : await wasUpgradeLost(trial, opened);
    // Our own close is none of the server's.
    const outcome = closed === undefined ? opened.outcome : "refused";
    const error = closed ?? opened.error;
    await close(trial, connection);
    if (trial.ended()) break;
    trial.tell({
      kind: "doctor-connect",
      transport,
      protocol,
      outcome,
      duration: opened.duration,
      ...omitUndefined({
        skipNegotiation,
        again: again || undefined,
        open: opened.open,
        handshake: opened.handshake,
        roundTrip: time,
        status: opened.status,
        error,
        extensions: opening.extensions || undefined,
        upgradeLost,
        blockedBy: opened.blockedBy,
      }),
    } satisfies Told<DoctorConnected>);
    if (outcome === "connected" && skipNegotiation !== true) working.push({ transport, protocol });
  }
  return working;
}

/** These may have been an accident: a server that was just restarting, one request too many. */
const MAY_PASS: readonly DoctorOutcome[] = ["refused", "negotiate-failed"];
/** A server that doesn't want the connection closes it within this time. */
const A_MOMENT: Milliseconds = 200;

/** Blazor's hub speaks only its own. */
const protocolsFor = (url: string): readonly [DoctorProtocol, DoctorProtocol?] =>
  /\/_blazor(?:[/?]|$)/.test(url) ? ["blazorpack"] : ["json", "messagepack"];

const WITHIN: Milliseconds = 5_000;
/** What ASP.NET Core says. */
const OTHER_TRANSPORT = "Cannot change transports mid-connection";

/**
 * A WebSocket was negotiated and didn't open. A server that got its request without the `Upgrade` header has taken it for a long
 * poll: then it refuses an event stream of that connection (400), which it opens for one that was never used. Asked by a request
 * that needs no preflight, as a server's CORS policy may allow no more than GET and POST.
 */
async function wasUpgradeLost(
  trial: Trial,
  { outcome, address, accessToken }: Opened,
): Promise<boolean | undefined> {
  if (outcome !== "refused" || address === undefined) return undefined;
  const controller = new AbortController();
  void pause(WITHIN, trial.signal).then(() => {
    controller.abort();
  });
  try {
    const response = await nativeFetch.call(window, address, {
      ...asTheApp(trial.app, accessToken, { Accept: "text/event-stream" }),
      signal: controller.signal,
    });
    if (response.status === 200) return false;
    // A proxy may answer 400, too.
    const isUsed = response.status === 400 && (await response.text()).includes(OTHER_TRANSPORT);
    return isUsed || undefined;
  } catch {
    return undefined; // it isn't known
  } finally {
    controller.abort();
  }
}
