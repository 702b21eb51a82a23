/**
 * The traffic of one connection while faults change it. Each message passes all stages that apply to the connection. The
 * remaining messages of a frame continue as one frame, in order, and are recorded when they are delivered or sent.
 */
import type { Direction } from "../../extension/core/protocol/terms.ts";
import type { FaultId } from "../../extension/core/ids.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import type { Outcome } from "../hook/transport/http-request.ts";
import type { TransportConnection, Pipe } from "../hook/transport/transport-connection.ts";
import { frameOf, putTogether, takeApart, type Frame } from "./frames.ts";
import { createQueue } from "./queue.ts";
import { NativeMessageEvent, NativePromise, apply, emit, socketSend } from "../hook/shared-with-tools.ts";
import type { Stage } from "./stage.ts";

export interface ShapingPipe extends Pipe {
  /** The page sends messages in a request. */
  post(body: unknown): Promise<Outcome>;
  /** The faults are over: waiting messages continue immediately. */
  release(): void;
}

/** The remaining part of a frame. */
interface Rest {
  readonly parts: readonly { readonly data: Frame; readonly fault: FaultId }[];
  readonly delay: Milliseconds;
  readonly changed: boolean;
}

/** @param stages those that apply to the connection now */
export function createPipe(connection: TransportConnection, stages: () => readonly Stage[]): ShapingPipe {
  const inbound = createQueue();
  const outbound = createQueue();
  const { log: log } = connection;

  const shape = (data: Frame, direction: Direction): Rest => {
    const record = direction === "in" ? log.received : log.sent;
    const parts: { data: Frame; fault: FaultId }[] = [];
    let delay = 0;
    let changed = false;
    for (const part of takeApart(data, log.protocol, !log.handshaken)) {
      let fault: FaultId = 0;
      let swallowed = false;
      let absorbed = false;
      let copies = 1;
      let own = 0;
      for (const stage of stages()) {
        const effect = stage.pass(part, direction, connection);
        if (!effect) continue;
        fault ||= stage.fault;
        if (effect.kind === "swallow") swallowed = true;
        else if (effect.kind === "absorb") absorbed = true;
        else if (effect.kind === "repeat") copies++;
        else own += effect.by;
      }
      if (swallowed || absorbed) record(part.data, fault, swallowed);
      else for (let i = 0; i < copies; i++) parts[parts.length] = { data: part.data, fault };
      if (swallowed || absorbed || copies > 1) changed = true;
      if (!swallowed && !absorbed) delay = Math.max(delay, own);
    }
    return { parts, delay, changed };
  };
  const join = (data: Frame, { parts, changed }: Rest): Frame =>
    changed ? putTogether(parts.map((part) => part.data)) : data;
  const hear = ({ parts }: Rest): void => {
    for (const { data, fault } of parts) log.received(data, fault, false);
  };
  const say = ({ parts }: Rest): void => {
    for (const { data, fault } of parts) log.sent(data, fault, false);
  };
  return {
    in(given) {
      const data = given as Frame;
      const rest = shape(data, "in");
      if (rest.parts.length === 0) return;
      inbound.add(rest.delay, () => {
        if (connection.over || connection.replaced || connection.muteIn !== 0) return;
        hear(rest);
        deliver(connection, join(data, rest));
      });
    },
    out(given) {
      const data = frameOf(given);
      if (data === undefined || connection.transport !== "WebSockets") return;
      const { socket } = connection;
      const rest = shape(data, "out");
      say(rest);
      if (rest.parts.length > 0)
        outbound.add(rest.delay, () => {
          if (connection.muteOut === 0 && !connection.replaced) apply(socketSend, socket, [join(data, rest)]);
        });
    },
    poll(data, control) {
      const rest = shape(data, "in");
      return new NativePromise((resolve) => {
        inbound.add(rest.delay, () => {
          if (!connection.over && !connection.replaced) {
            hear(rest);
            control.answer(join(data, rest));
          }
          resolve();
        });
      });
    },
    post(body) {
      const data = frameOf(body);
      if (data === undefined) return NativePromise.resolve(undefined);
      const rest = shape(data, "out");
      say(rest);
      return new NativePromise((resolve) => {
        outbound.add(rest.delay, () => {
          if (rest.parts.length === 0) resolve(TAKEN);
          else resolve(rest.changed ? { body: join(data, rest) } : undefined);
        });
      });
    },
    get waiting() {
      return inbound.waiting;
    },
    last(run) {
      inbound.add(0, run);
    },
    flush() {
      outbound.flush();
    },
    release() {
      outbound.flush();
      inbound.flush();
    },
  };
}

/** The answer to a POST. A server accepts messages before it processes them, so this reveals nothing about them. */
const TAKEN = { status: 200, statusText: "OK", headers: {}, text: "" };

/** Delivers a frame to the page as if it came from the network. */
export function deliver(connection: TransportConnection, data: Frame): void {
  switch (connection.transport) {
    case "WebSockets":
      emit(
        connection.socket,
        new NativeMessageEvent("message", { data, origin: new URL(connection.socket.url).origin }),
      );
      return;
    case "ServerSentEvents":
      emit(
        connection.source,
        new NativeMessageEvent("message", { data, origin: new URL(connection.source.url).origin }),
      );
      return;
    case "LongPolling":
      if (connection.control) {
        connection.control.answer(data);
        connection.control.abort();
        connection.control = undefined;
      } else connection.injected = data;
  }
}
