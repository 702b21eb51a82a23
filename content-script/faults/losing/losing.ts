/**
 * Loses a connection of any transport, abruptly or gracefully: the page sees the same as in a real loss of that kind. Measured
 * with the real client: with stateful reconnect the connection gets a new id after a graceful loss, and is resumed after an
 * abrupt one.
 */
import type { FaultId } from "../../../extension/core/ids.ts";
import type { FlowDirection } from "../../../extension/core/faults/parameter.ts";
import type { TransportConnection } from "../../hook/transport/transport-connection.ts";
import * as stream from "./event-stream.ts";
import * as polling from "./long-polling.ts";
import * as socket from "./web-socket.ts";

/** Like a lost network: the page is notified immediately, the server notices later. */
export function loseAbruptly(connection: TransportConnection, fault: FaultId): void {
  switch (connection.transport) {
    case "WebSockets":
      socket.loseAbruptly(connection, fault);
      return;
    case "ServerSentEvents":
      stream.loseAbruptly(connection, fault);
      return;
    case "LongPolling":
      polling.loseAbruptly(connection, fault);
  }
}

/** The server is notified, too. */
export function loseGracefully(connection: TransportConnection, fault: FaultId, done: () => void): void {
  switch (connection.transport) {
    case "WebSockets":
      socket.loseGracefully(connection, fault, socket.BROKEN, done);
      return;
    case "ServerSentEvents":
      stream.loseGracefully(connection, fault);
      done();
      return;
    case "LongPolling":
      polling.loseGracefully(connection, fault);
      done();
  }
}

/** No messages pass until `endSilence`. Swallowed messages are never delivered; the connection itself survives. */
export function silence(connection: TransportConnection, fault: FaultId, direction: FlowDirection): void {
  if (direction !== "out") connection.muteIn = fault;
  if (direction !== "in") connection.muteOut = fault;
  switch (connection.transport) {
    case "WebSockets":
      connection.onSilentClose = () => {
        socket.abandon(connection);
      };
      return;
    case "ServerSentEvents":
      connection.onSilentClose = () => {
        stream.abandon(connection);
      };
      return;
    case "LongPolling":
      polling.silence(connection, direction);
  }
}

export function endSilence(connection: TransportConnection, fault: FaultId): void {
  if (connection.replaced) return;
  if (connection.muteIn === fault) connection.muteIn = 0;
  if (connection.muteOut === fault) connection.muteOut = 0;
  if (connection.transport === "LongPolling") polling.endSilence(connection);
}

/** The tab is suspended: nothing arrives until `thaw`. */
export function freeze(connection: TransportConnection, fault: FaultId): void {
  switch (connection.transport) {
    case "WebSockets":
      connection.muteIn = fault;
      return;
    case "ServerSentEvents":
      connection.frozen = [];
      return;
    case "LongPolling":
    // Polls survive a freeze: the page gets their answers afterwards. The fault itself holds all answers.
  }
}

export function thaw(connection: TransportConnection, fault: FaultId, done: () => void): void {
  switch (connection.transport) {
    case "WebSockets":
      // Chromium closes every socket of a frozen tab with an error.
      if (connection.over) done();
      else socket.loseGracefully(connection, fault, socket.BROKEN, done);
      return;
    case "ServerSentEvents":
      stream.thaw(connection);
      done();
      return;
    case "LongPolling":
      done();
  }
}
