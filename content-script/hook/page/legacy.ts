/** Notices the ASP.NET SignalR 2.x client, once per address. Nothing else is recorded of it: it uses another protocol. */
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import { isLegacyConnect, legacyProtocolIn } from "../../../extension/core/protocol/negotiate.ts";
import { ownMethods } from "../../sentinel/shared-with-hook.ts";
import type { Recorder } from "../record/recorder.ts";

const MAX_ADDRESSES = 50;

export interface Legacy {
  /** Checks the address of a GET to `…/negotiate`. */
  negotiate(url: string): void;
  /** Checks the address of a socket or an event source. */
  connect(url: string): void;
}

export function createLegacy(recorder: Recorder): Legacy {
  const addresses = ownMethods(new Set<string>());
  const note = (url: string): void => {
    const absolute = new URL(url, document.baseURI).href.replace(/^ws/, "http");
    const address = absolute.replace(/\/[a-z]+\?.*$/is, "");
    if (addresses.has(address) || addresses.size >= MAX_ADDRESSES) return;
    addresses.add(address);
    recorder.record({
      kind: "legacy",
      url: address,
      ...omitUndefined({ clientProtocol: legacyProtocolIn(url) }),
    });
  };
  return {
    negotiate(url) {
      if (legacyProtocolIn(url) !== undefined) note(url);
    },
    connect(url) {
      if (isLegacyConnect(url)) note(url);
    },
  };
}
