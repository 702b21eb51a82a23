/**
 * Losing a connection, whatever it is made of. The two ways come each with what a real loss shows the page. Measured with the
 * real client: after the graceful one a stateful hub always gets a new id, after the abrupt one it resumes.
 */
import type { FaultId } from "../../../extension/core/ids.ts";
import type { FlowDirection } from "../../../extension/core/faults/parameter.ts";
import type { TransportConnection } from "../../hook/transport/transport-connection.ts";
import * as stream from "./event-stream.ts";
import * as polling from "./long-polling.ts";
import * as socket from "./web-socket.ts";

/** As when the network died: the page is told at once, the server notices later. */
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

/** The server is told, too. */
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

/** Falls silent until `endSilence`. What is swallowed stays swallowed; after the end the connection lives on. */
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

/** The tab is suspended: nothing arrives, until `thaw` does with the connection what a thaw does. */
export function freeze(connection: TransportConnection, fault: FaultId): void {
  switch (connection.transport) {
    case "WebSockets":
      connection.muteIn = fault;
      return;
    case "ServerSentEvents":
      connection.frozen = [];
      return;
    case "LongPolling":
    // Polls survive a freeze: the page hears of their answers after it. That all answers wait is the fault's own doing.
  }
}

export function thaw(connection: TransportConnection, fault: FaultId, done: () => void): void {
  switch (connection.transport) {
    case "WebSockets":
      // Chromium fails every socket of a frozen tab.
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
