/** What `bench:hook` measures: each case is one kind of traffic on one connection. */

export interface Traffic {
  readonly protocol: "json" | "messagepack";
  readonly transport: "WebSockets" | "LongPolling";
  /** `in`: the server sends. `out`: the page sends, one message after the other. `call`: the page invokes and waits for the result. */
  readonly way: "in" | "out" | "call";
  readonly messages: number;
  /** Messages in one frame, or in one answer to a poll. Only for `in`. */
  readonly perFrame: number;
  /** Messages that are sent each second; without it, as many as the page takes. Only for `in`. */
  readonly perSecond?: number;
  /** Size of a message as JSON, in bytes. In MessagePack the same message is a little smaller. */
  readonly size: number;
}

/** What a case should cost at most, as a ratio to the same page without the extension. */
export interface Wanted {
  readonly pageCpu?: number;
  readonly script?: number;
  readonly throughput?: number;
  /** Growth of the page's heap, in MB. */
  readonly heap?: number;
}

export interface Case extends Traffic {
  readonly title: string;
  /** Record the text of messages, as the user can choose for a site. Otherwise, and with the panel closed, it isn't recorded. */
  readonly payloads?: true;
  readonly wanted?: Wanted;
}

const small = {
  protocol: "json",
  transport: "WebSockets",
  way: "in",
  messages: 50_000,
  perFrame: 1,
  size: 200,
} as const satisfies Traffic;

export const CASES: Readonly<Record<string, Case>> = {
  one: {
    ...small,
    messages: 100_000,
    title: "one message a frame",
    wanted: { pageCpu: 1.08, script: 1.1, throughput: 0.97, heap: 5 },
  },
  twenty: {
    ...small,
    perFrame: 20,
    title: "20 messages a frame",
    wanted: { pageCpu: 1.15, throughput: 0.9 },
  },
  large: { ...small, messages: 1_000, size: 50 * 1024, title: "50 KB messages", wanted: { pageCpu: 1.05 } },
  huge: {
    ...small,
    messages: 100_000,
    perFrame: 100_000,
    title: "one frame with 100,000 messages",
    wanted: { pageCpu: 1.3 },
  },
  payloads: { ...small, title: "one message a frame, payloads recorded", payloads: true },
  messagepack: { ...small, protocol: "messagepack", title: "MessagePack, one message a frame" },
  packed: { ...small, protocol: "messagepack", perFrame: 20, title: "MessagePack, 20 messages a frame" },
  polling: {
    ...small,
    transport: "LongPolling",
    messages: 20_000,
    perFrame: 20,
    title: "long polling, 20 messages an answer",
  },
  outbound: { ...small, way: "out", title: "sent by the page" },
  calls: { ...small, way: "call", messages: 4_000, title: "round trip of a call" },
};
