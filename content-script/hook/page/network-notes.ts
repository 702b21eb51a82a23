/**
 * Compares the requests that the browser's `webRequest` API saw with those that this hook saw. A refused upgrade of this page
 * gets its status; a negotiate that this page didn't send was sent by a worker, where the hook can't run.
 */
import type { SocketId } from "../../../extension/core/ids.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import type { NetworkNote } from "../../../extension/messages/hook-relay.ts";
import { saysNegotiateVersion } from "../../../extension/core/protocol/negotiate.ts";
import { ownMethods, timeOrigin } from "../../sentinel/shared-with-hook.ts";
import type { Recorder } from "../record/recorder.ts";

const MAX_OWN = 50;

export interface Network {
  /** Call when this page sends a negotiate or opens a socket. */
  own(url: string, socket?: SocketId): void;
  /** Whether this page sent it. Each request is matched only once. */
  owns(note: NetworkNote): boolean;
  hear(note: NetworkNote): void;
}

export function createNetwork(recorder: Recorder): Network {
  /** For each address: how many requests the background hasn't reported yet, and the newest socket. */
  const begun = ownMethods(new Map<string, { times: number; readonly socket: SocketId }>());
  const network: Network = {
    own(url, socket = 0) {
      if (socket === 0 && !saysNegotiateVersion(url)) return; // the background reports only negotiates with a version
      const times = (begun.get(url)?.times ?? 0) + 1;
      begun.delete(url);
      begun.set(url, { times, socket });
      if (begun.size > MAX_OWN) begun.delete(begun.keys().next().value ?? "");
    },
    owns({ url }) {
      const entry = begun.get(url);
      if (entry && --entry.times === 0) begun.delete(url);
      return entry !== undefined;
    },
    hear(note) {
      const { what, url, at, status, error, retryAfter } = note;
      const socket = begun.get(url)?.socket ?? 0;
      const own = network.owns(note);
      if (what === "upgrade") {
        if (socket > 0)
          recorder.record({ kind: "upgrade", socket, status, ...omitUndefined({ error, retryAfter }) });
        // A request of the previous document was not sent by a worker.
      } else if (!own && at > timeOrigin)
        recorder.record({
          kind: "worker-connection",
          url: url.replace(/\/negotiate(?=\?)/, ""),
          status,
        });
    },
  };
  return network;
}
