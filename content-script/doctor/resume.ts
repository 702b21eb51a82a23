/** Stateful reconnect: a connection is lost on purpose (losable.ts), and the client tries to resume it. */
import { HubConnectionState } from "@microsoft/signalr";
import type { DoctorResumed } from "../../extension/core/events/doctor-events.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { omitUndefined } from "../hook/shared-with-tools.ts";
import { call } from "./calls.ts";
import { losableSockets } from "./losable.ts";
import { close, open, type Told, type Trial } from "./trial.ts";
import { errorText, pause } from "./waiting.ts";

const BACK_WITHIN: Milliseconds = 5_000;
const LOOK: Milliseconds = 20;
const OPEN = 1;
/** A loss that the server took for a goodbye can't be told from a resume that it refused. */
const TIMES = 3;

export async function tryResuming(trial: Trial): Promise<void> {
  trial.tell({ kind: "doctor-tries", check: "resume", transport: "WebSockets", protocol: "json" });
  for (let i = 1; i <= TIMES; i++) {
    const { fact, real } = await loseOne(trial);
    if (trial.ended() || !fact) return;
    if (fact.outcome !== "unproven" || !real || i === TIMES) {
      trial.tell(fact);
      return;
    }
  }
}

async function loseOne(trial: Trial): Promise<{ fact?: Told<DoctorResumed>; real: boolean }> {
  const losable = losableSockets();
  const { sockets, real } = losable;
  try {
    const { connection, granted } = await open(trial, {
      transport: "WebSockets",
      protocol: "json",
      stateful: true,
      WebSocket: losable.WebSocket,
    });
    const [first] = sockets;
    if (trial.ended() || !connection || !first) return { real };
    if (!granted) {
      await close(trial, connection);
      return { real, fact: { kind: "doctor-resume", outcome: "not-granted" } };
    }
    const { connectionId } = connection;
    let error: string | undefined;
    connection.onclose((reason) => {
      error = reason && errorText(reason);
    });
    const began = performance.now();
    first.lose();
    const isBack = (): boolean => sockets.length > 1 && sockets.at(-1)?.readyState === OPEN;
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
    return {
      real,
      fact: {
        kind: "doctor-resume",
        outcome: resumed ? "resumed" : "unproven",
        ...omitUndefined({ duration: resumed ? duration : undefined, error: resumed ? undefined : error }),
      },
    };
  } finally {
    for (const socket of sockets) socket.close();
    losable.remove();
  }
}
