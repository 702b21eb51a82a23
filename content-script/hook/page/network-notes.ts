/**
 * Compares the requests that the browser's `webRequest` API saw with those that this hook saw. A refused upgrade of this page
 * gets its status, and its other requests what only the network layer knows; a negotiate that this page didn't send was sent
 * by a worker, where the hook can't run.
 */
import type { RequestId, SocketId } from "../../../extension/core/ids.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import type { NetworkNote } from "../../../extension/messages/hook-relay.ts";
import { saysNegotiateVersion } from "../../../extension/core/protocol/negotiate.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { now, ownMethods, timeOrigin } from "../../sentinel/shared-with-hook.ts";
import type { Recorder } from "../record/recorder.ts";

const MAX_OWN = 50;

export interface Network {
  /** Call when this page sends a negotiate or opens a socket. @param request 0: not recorded */
  own(url: string, request: RequestId, socket?: SocketId): void;
  /** Whether this page sent it. Each request is matched only once. */
  owns(note: NetworkNote): boolean;
  hear(note: NetworkNote): void;
}

interface Own {
  readonly url: string;
  readonly at: EpochMilliseconds;
  readonly request: RequestId;
  readonly socket: SocketId;
}

/** @param socketOf the event stream or poll loop with this address */
export function createNetwork(recorder: Recorder, socketOf: (url: string) => SocketId | undefined): Network {
  /** Requests that the background hasn't reported yet. */
  const begun = ownMethods(new Set<Own>());
  /** Of several to one address: the one that began nearest to it. */
  const match = ({ url, at }: NetworkNote): Own | undefined => {
    let found: Own | undefined;
    for (const own of begun)
      if (own.url === url && (!found || Math.abs(own.at - at) <= Math.abs(found.at - at))) found = own;
    if (found) begun.delete(found);
    return found;
  };
  const seen = ({ seen }: NetworkNote, whose: { request: RequestId } | { socket: SocketId }): void => {
    if (seen) recorder.record({ kind: "request-seen", ...whose, ...seen });
  };
  const owns = (note: NetworkNote): boolean => {
    const own = match(note);
    if (own?.request) seen(note, { request: own.request });
    return own !== undefined;
  };
  return {
    owns,
    own(url, request, socket = 0) {
      if (socket === 0 && !saysNegotiateVersion(url)) return; // the background reports only negotiates with a version
      begun.add({ url, at: now(), request, socket });
      if (begun.size > MAX_OWN) begun.delete(begun.values().next().value as Own);
    },
    hear(note) {
      const { what, url, at, status, error, retryAfter, headers } = note;
      if (what === "upgrade") {
        const socket = match(note)?.socket;
        if (socket)
          recorder.record({
            kind: "upgrade",
            socket,
            status,
            ...omitUndefined({ error, retryAfter, headers }),
          });
      } else if (what === "transport") {
        const socket = socketOf(url);
        if (socket) seen(note, { socket });
        // A request of the previous document was not sent by a worker.
      } else if (!owns(note) && at > timeOrigin)
        recorder.record({
          kind: "worker-connection",
          url: url.replace(/\/negotiate(?=\?)/, ""),
          status,
        });
    },
  };
}
