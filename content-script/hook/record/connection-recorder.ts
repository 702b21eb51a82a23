/** Records one recognised transport connection: its beginning, handshake request and response, messages and end. */
import { decodeBase64 } from "../platform/natives.ts";
import type { SocketClosed, SocketConnecting, Unstamped } from "../../../extension/core/events/events.ts";
import type { TransportName } from "../../../extension/core/protocol/terms.ts";
import type { FaultId, RequestId, SocketId } from "../../../extension/core/ids.ts";
import { BLAZORPACK } from "../../../extension/core/protocol/blazor.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import { readHandshakeRequest, readHandshakeResponse } from "../../../extension/core/protocol/handshake.ts";
import { expiryOf } from "../../../extension/core/redaction/redact.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { bytesOf, beginningOf } from "./binary-messages.ts";
import { createCircuitWatch } from "./circuit-watch.ts";
import { createFlightRecorder } from "./flight-recorder.ts";
import { createMessageRecorder, type MessageRecorder } from "./message-recorder.ts";
import type { Recorder } from "./recorder.ts";

export interface ConnectionRecorder {
  readonly protocol: string;
  /** The server has answered the handshake. */
  readonly handshaken: boolean;
  readonly over: boolean;
  /** It can be resumed after a loss: the handshake had version 2, or the connection was itself resumed and had no handshake. */
  readonly stateful: boolean;
  readonly counted: MessageRecorder["counted"];
  opened(at?: EpochMilliseconds): void;
  /** Records that it is open, in a recording that begins while it already exists. */
  announce(connectionId: string | undefined): void;
  /** @param fault non-zero: swallowed, or changed, by that fault */
  sent(data: unknown, fault: FaultId, swallowed?: boolean): void;
  received(data: unknown, fault: FaultId, swallowed?: boolean): void;
  closing(duringMessage: boolean, code?: unknown, reason?: unknown): void;
  closed(end: Omit<Unstamped<SocketClosed>, "kind" | "socket">): void;
}

export interface Beginning {
  readonly id: SocketId;
  readonly transport: TransportName;
  readonly url: string;
  readonly at: EpochMilliseconds;
  readonly request: RequestId | undefined;
  /** It resumes an earlier connection: there is no handshake. */
  readonly resumed?: boolean;
}

/** Some servers and proxies reject longer addresses; from this length on the length is recorded. */
const LONG_ADDRESS = 4_000;

export function createConnectionRecorder(beginning: Beginning, recorder: Recorder): ConnectionRecorder {
  const { id: socket, transport, url, at, request, resumed = false } = beginning;
  const flight = createFlightRecorder(socket, recorder);
  const messages = createMessageRecorder(socket, recorder, flight);
  let saidFirst = resumed;
  let handshaken = resumed;
  let stateful = resumed;
  let over = false;
  let isOpen = false;

  const tokenExpiresAt = expiryOf(/[?&]access_token=([^&#]*)/.exec(url)?.[1], decodeBase64);
  const describe = (more: Pick<SocketConnecting, "already"> & Partial<Unstamped<SocketConnecting>>): void => {
    recorder.record({
      kind: "socket",
      socket,
      transport,
      url,
      ...omitUndefined({
        request,
        tokenExpiresAt,
        addressLength: url.length > LONG_ADDRESS ? url.length : undefined,
      }),
      ...more,
    });
  };
  recorder.tokens.rememberOf(url, null);
  describe({ t: at });
  /** @returns how much of the frame was the handshake */
  const hearFirst = (data: unknown): number => {
    handshaken = true;
    const response = readHandshakeResponse(beginningOf(data));
    if (!response) return 0;
    const { error, length } = response;
    recorder.record({
      kind: "handshake",
      socket,
      direction: "in",
      ...omitUndefined({ error }),
    });
    return length;
  };
  const sayFirst = (data: unknown): number => {
    saidFirst = true;
    const handshake = readHandshakeRequest(beginningOf(data));
    if (!handshake) {
      // The first frame of a stateful reconnect is a Sequence message: neither side sends a handshake.
      handshaken = stateful = true;
      return 0;
    }
    const { protocol, version, length } = handshake;
    messages.protocol = protocol;
    if (protocol === BLAZORPACK) messages.circuit = createCircuitWatch(socket, recorder);
    stateful = version > 1;
    recorder.record({ kind: "handshake", socket, direction: "out", protocol, version });
    return length;
  };
  return {
    get protocol() {
      return messages.protocol;
    },
    get handshaken() {
      return handshaken;
    },
    get over() {
      return over;
    },
    get stateful() {
      return stateful;
    },
    get counted() {
      recorder.postponed.readAll();
      return messages.counted;
    },
    announce(connectionId) {
      // A resumed connection has no handshake.
      const connected = handshaken && (isOpen || !resumed);
      describe({
        already: connected ? "connected" : isOpen ? "open" : "connecting",
        since: at,
        ...omitUndefined({ connectionId, protocol: connected ? messages.protocol : undefined }),
      });
    },
    opened(t) {
      isOpen = true;
      recorder.record({ kind: "socket-opened", socket, ...omitUndefined({ t }) });
    },
    sent(data, fault, swallowed = fault !== 0) {
      const rest = saidFirst ? data : behind(data, sayFirst(data));
      messages.record("out", rest, fault, swallowed);
    },
    received(data, fault, swallowed = fault !== 0) {
      const rest = handshaken ? data : behind(data, hearFirst(data));
      messages.record("in", rest, fault, swallowed);
    },
    closing(duringMessage, code, reason) {
      over = true;
      messages.end();
      flight.writeOut();
      recorder.record({
        kind: "socket-closing",
        socket,
        duringMessage,
        ...omitUndefined({
          code: typeof code === "number" ? code : undefined,
          reason: typeof reason === "string" ? reason : undefined,
        }),
      });
    },
    closed(end) {
      over = true;
      messages.end();
      flight.writeOut();
      recorder.record({ kind: "socket-closed", socket, ...end });
      if (messages.circuit) recorder.lookAtBlazor();
    },
  };
}

function behind(data: unknown, length: number): unknown {
  if (length === 0) return data;
  return typeof data === "string" ? data.slice(length) : bytesOf(data)?.subarray(length);
}
