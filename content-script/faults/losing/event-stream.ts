import type { FaultId } from "../../../extension/core/ids.ts";
import type { EventSourceConnection } from "../../hook/transport/event-stream.ts";
import { deliver } from "../pipe.ts";
import { sourceClose, NativeEvent, apply, defineProperty, emit } from "../../hook/shared-with-tools.ts";
import { linger } from "./lingering.ts";
import { resumeWindowAt } from "./resume-window.ts";

const CLOSED = 2;

export function loseAbruptly(connection: EventSourceConnection, fault: FaultId): void {
  lose(connection, fault);
  closeLater(connection);
}

export function loseGracefully(connection: EventSourceConnection, fault: FaultId): void {
  apply(sourceClose, connection.source, []);
  lose(connection, fault);
}

/** The page closes an event source while nothing gets out to the server: the server notices later. */
export function abandon(connection: EventSourceConnection): void {
  closed(connection);
  connection.lostBy = connection.muteOut;
  closeLater(connection);
}

/** An event stream survives a freeze: messages that came during it are delivered afterwards. */
export function thaw(connection: EventSourceConnection): void {
  const late = connection.frozen ?? [];
  connection.frozen = undefined;
  for (const data of late) {
    if (connection.over) break;
    if (data === null) {
      connection.end({ wasClean: false });
      emit(connection.source, new NativeEvent("error"));
    } else {
      connection.log.received(data, 0);
      deliver(connection, data);
    }
  }
}

/** From here on the page sees a closed event source, whatever the native one still does. */
function lose(connection: EventSourceConnection, fault: FaultId): void {
  connection.lostBy = fault;
  closed(connection);
  connection.end({ wasClean: false }, fault);
  connection.muteIn = connection.muteOut = 0;
  emit(connection.source, new NativeEvent("error"));
}

const closed = ({ source }: EventSourceConnection): void => {
  defineProperty(source, "readyState", { configurable: true, enumerable: false, get: () => CLOSED });
};

const closeLater = ({ source, url }: EventSourceConnection): void => {
  linger(() => {
    apply(sourceClose, source, []);
  }, resumeWindowAt(url));
};
