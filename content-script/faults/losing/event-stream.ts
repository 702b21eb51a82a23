import type { FaultId } from "../../../extension/core/ids.ts";
import type { SourceLink } from "../../hook/transport/event-stream.ts";
import { deliver } from "../pipe.ts";
import { sourceClose, NativeEvent, apply, defineProperty, emit } from "../../hook/shared-with-faults.ts";
import { linger } from "./lingering.ts";
import { resumeWindowAt } from "./resume-window.ts";

const CLOSED = 2;

export function loseAbruptly(link: SourceLink, fault: FaultId): void {
  lose(link, fault);
  closeLater(link);
}

export function loseGracefully(link: SourceLink, fault: FaultId): void {
  apply(sourceClose, link.source, []);
  lose(link, fault);
}

/** The page closes a source whose way out is dead: the server notices later. */
export function abandon(link: SourceLink): void {
  closed(link);
  link.lostBy = link.muteOut;
  closeLater(link);
}

/** An event stream survives a freeze: what came meanwhile is heard after it. */
export function thaw(link: SourceLink): void {
  const late = link.frozen ?? [];
  link.frozen = undefined;
  for (const data of late) {
    if (link.over) break;
    if (data === null) {
      link.end({ wasClean: false });
      emit(link.source, new NativeEvent("error"));
    } else {
      link.conversation.heard(data, 0);
      deliver(link, data);
    }
  }
}

/** The page has a closed source, whatever the native one still does. */
function lose(link: SourceLink, fault: FaultId): void {
  link.lostBy = fault;
  closed(link);
  link.end({ wasClean: false }, fault);
  link.muteIn = link.muteOut = 0;
  emit(link.source, new NativeEvent("error"));
}

const closed = ({ source }: SourceLink): void => {
  defineProperty(source, "readyState", { configurable: true, enumerable: false, get: () => CLOSED });
};

const closeLater = ({ source, url }: SourceLink): void => {
  linger(() => {
    apply(sourceClose, source, []);
  }, resumeWindowAt(url));
};
