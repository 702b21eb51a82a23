/**
 * Stateful reconnect. The client is told that its socket is lost, as by a broken network, and connects again with the old id; the
 * old socket stays open and is heard no more. ASP.NET Core closes it then, the browser answers, and the connection is over: so
 * with such a server this shows only that a stateful connection is granted.
 */
import { HubConnectionState } from "@microsoft/signalr";
import type { DoctorResumed } from "../../extension/core/events/doctor-events.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { classOf, omitUndefined } from "../hook/shared-with-tools.ts";
import { call } from "./calls.ts";
import type { Working } from "./connects.ts";
import { close, open, type Told, type Trial } from "./trial.ts";
import { errorText, pause } from "./waiting.ts";

const BACK_WITHIN: Milliseconds = 5_000;
const LOOK: Milliseconds = 20;

const NativeWebSocket = classOf("WebSocket");

export async function tryResuming(trial: Trial, using: Working): Promise<void> {
  trial.tell({ kind: "doctor-tries", check: "resume", ...using });
  const sockets: LosableSocket[] = [];
  const Losable = class extends LosableSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  };
  const { connection, granted } = await open(trial, { ...using, stateful: true, WebSocket: Losable });
  if (trial.ended() || !connection) return;
  if (!granted) {
    await close(trial, connection);
    trial.tell({ kind: "doctor-resume", outcome: "not-granted" } satisfies Told<DoctorResumed>);
    return;
  }
  const { connectionId } = connection;
  let error: string | undefined;
  connection.onclose((reason) => {
    error = reason && errorText(reason);
  });
  const began = performance.now();
  const [first] = sockets;
  first?.lose();
  const isBack = (): boolean => sockets.at(-1) !== first && sockets.at(-1)?.readyState === WebSocket.OPEN;
  while (
    !isBack() &&
    connection.state === HubConnectionState.Connected &&
    performance.now() - began < BACK_WITHIN &&
    !trial.ended()
  )
    await pause(LOOK, trial.signal);
  const resumed =
    isBack() &&
    connection.connectionId === connectionId &&
    (!trial.order.calls || (await call(connection, "")).answered);
  const duration = performance.now() - began;
  await close(trial, connection);
  first?.close();
  if (trial.ended()) return;
  trial.tell({
    kind: "doctor-resume",
    outcome: resumed ? "resumed" : "unproven",
    ...omitUndefined({ duration: resumed ? duration : undefined, error: resumed ? undefined : error }),
  } satisfies Told<DoctorResumed>);
}

/** A socket that its client loses, while it stays open. */
class LosableSocket extends NativeWebSocket {
  lose(): void {
    const { onclose } = this;
    this.onmessage = null;
    this.onerror = null;
    this.onclose = null;
    onclose?.call(this, new CloseEvent("close", { code: 1006, wasClean: false }));
  }
}
