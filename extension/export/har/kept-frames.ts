/**
 * The frames of all sockets. They come in the order of time, mixed, and are written socket by socket: until then they are put away, so
 * that little of them is in memory.
 */
import type { Handshake, HubMessage, MessageCounts } from "../../core/events/events.ts";
import type { PageId, SocketId } from "../../core/ids.ts";
import type { Bytes } from "../../core/units.ts";
import type { PutAway } from "../format-writer.ts";
import { handshakeFrame, hasContent, messageFrame, type Protocol } from "./frame-text.ts";

/** In characters: of one socket, and of all together. */
const MOST_OF_ONE = 65_536;
const MOST_OF_ALL = 4_000_000;

export interface SocketFrames<Kept> {
  /** In order. Put together they are the elements of a list. */
  readonly kept: (string | Kept)[];
  frames: number;
  /** Of these: without what they say, and cut. */
  unknown: number;
  cut: number;
  /** Messages that were only counted. */
  counted: number;
  readonly sent: { in: Bytes; out: Bytes };
}

interface Open<Kept> extends SocketFrames<Kept> {
  waiting: string;
  protocol: Protocol;
}

export class KeptFrames<Kept> {
  readonly #putAway: PutAway<Kept>;
  readonly #pages = new Map<PageId, Map<SocketId, Open<Kept>>>();
  #waiting = new Set<Open<Kept>>();
  #length = 0;

  constructor(putAway: PutAway<Kept>) {
    this.#putAway = putAway;
  }

  add(page: PageId, event: HubMessage | MessageCounts | Handshake): void {
    const socket = this.#of(page, event.socket);
    switch (event.kind) {
      case "handshake":
        if (event.direction === "out") socket.protocol = event.protocol ?? null;
        this.#append(socket, handshakeFrame(event));
        break;
      case "message":
        if (!event.counted) socket.sent[event.direction] += event.size;
        if (!hasContent(event)) socket.unknown++;
        else if (event.truncated) socket.cut++;
        this.#append(socket, messageFrame(event, socket.protocol));
        break;
      case "counts":
        for (const { direction, count, bytes } of event.counts) {
          socket.counted += count;
          socket.sent[direction] += bytes;
        }
    }
  }

  of(page: PageId, socket: SocketId): SocketFrames<Kept> {
    return this.#of(page, socket);
  }

  /** All that comes has come. */
  end(): void {
    for (const socket of this.#waiting) {
      socket.kept.push(socket.waiting);
      socket.waiting = "";
    }
    this.#waiting.clear();
  }

  #append(socket: Open<Kept>, frame: string): void {
    socket.waiting += socket.frames++ === 0 ? frame : `,${frame}`;
    this.#waiting.add(socket);
    this.#length += frame.length + 1;
    if (socket.waiting.length > MOST_OF_ONE) {
      this.#put(socket);
      this.#waiting.delete(socket);
    } else if (this.#length > MOST_OF_ALL) {
      for (const one of this.#waiting) this.#put(one);
      this.#waiting.clear();
    }
  }

  #put(socket: Open<Kept>): void {
    this.#length -= socket.waiting.length;
    socket.kept.push(this.#putAway(socket.waiting));
    socket.waiting = "";
  }

  #of(page: PageId, id: SocketId): Open<Kept> {
    const sockets = this.#pages.get(page) ?? new Map<SocketId, Open<Kept>>();
    this.#pages.set(page, sockets);
    const known = sockets.get(id);
    if (known) return known;
    const socket: Open<Kept> = {
      ...{ kept: [], frames: 0, unknown: 0, cut: 0, counted: 0, sent: { in: 0, out: 0 } },
      ...{ waiting: "", protocol: null },
    };
    sockets.set(id, socket);
    return socket;
  }
}
