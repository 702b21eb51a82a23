/**
 * Losing a connection, whatever it is made of. The two ways come each with what a real loss shows the page. Measured with the
 * real client: after the graceful one a stateful hub always gets a new id, after the abrupt one it resumes.
 */
import type { FaultId } from "../../../extension/core/ids.ts";
import type { FlowDirection } from "../../../extension/core/faults/parameter.ts";
import type { Link } from "../../hook/transport/transport-connection.ts";
import * as stream from "./event-stream.ts";
import * as polling from "./long-polling.ts";
import * as socket from "./web-socket.ts";

/** As when the network died: the page is told at once, the server notices later. */
export function loseAbruptly(link: Link, fault: FaultId): void {
  switch (link.transport) {
    case "WebSockets":
      socket.loseAbruptly(link, fault);
      return;
    case "ServerSentEvents":
      stream.loseAbruptly(link, fault);
      return;
    case "LongPolling":
      polling.loseAbruptly(link, fault);
  }
}

/** The server is told, too. */
export function loseGracefully(link: Link, fault: FaultId, done: () => void): void {
  switch (link.transport) {
    case "WebSockets":
      socket.loseGracefully(link, fault, socket.BROKEN, done);
      return;
    case "ServerSentEvents":
      stream.loseGracefully(link, fault);
      done();
      return;
    case "LongPolling":
      polling.loseGracefully(link, fault);
      done();
  }
}

/** Falls silent until `endSilence`. What is swallowed stays swallowed; after the end the connection lives on. */
export function silence(link: Link, fault: FaultId, direction: FlowDirection): void {
  if (direction !== "out") link.muteIn = fault;
  if (direction !== "in") link.muteOut = fault;
  switch (link.transport) {
    case "WebSockets":
      link.onSilentClose = () => {
        socket.abandon(link);
      };
      return;
    case "ServerSentEvents":
      link.onSilentClose = () => {
        stream.abandon(link);
      };
      return;
    case "LongPolling":
      polling.silence(link, direction);
  }
}

export function endSilence(link: Link, fault: FaultId): void {
  if (link.replaced) return;
  if (link.muteIn === fault) link.muteIn = 0;
  if (link.muteOut === fault) link.muteOut = 0;
  if (link.transport === "LongPolling") polling.endSilence(link);
}

/** The tab is suspended: nothing arrives, until `thaw` does with the connection what a thaw does. */
export function freeze(link: Link, fault: FaultId): void {
  switch (link.transport) {
    case "WebSockets":
      link.muteIn = fault;
      return;
    case "ServerSentEvents":
      link.frozen = [];
      return;
    case "LongPolling":
    // Polls survive a freeze: the page hears of their answers after it. That all answers wait is the fault's own doing.
  }
}

export function thaw(link: Link, fault: FaultId, done: () => void): void {
  switch (link.transport) {
    case "WebSockets":
      // Chromium fails every socket of a frozen tab.
      if (link.over) done();
      else socket.loseGracefully(link, fault, socket.BROKEN, done);
      return;
    case "ServerSentEvents":
      stream.thaw(link);
      done();
      return;
    case "LongPolling":
      done();
  }
}
