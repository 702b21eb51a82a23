/** The messages of the bench: a few fields, as from a price feed, and text up to the wanted size. */
import type { HubProtocol } from "../../harness/hubs/node/hub-protocol.ts";
import { joinFrames, type Frame } from "../../harness/hubs/node/frame.ts";

/** `{"type":1,"target":"Tick","arguments":[]}` and the separator. */
const ENVELOPE = 42;

export function message(seq: number, size: number): object {
  const fields = {
    seq,
    sym: "ACME",
    price: 101.25 + (seq % 97) / 100,
    qty: seq % 1000,
    side: seq % 2 === 0 ? "sell" : "buy",
    pad: "",
  };
  const missing = Math.max(0, size - ENVELOPE - JSON.stringify(fields).length);
  return { ...fields, pad: "abcdefghijklmnopqrstuvwxyz ".repeat(missing / 27 + 1).slice(0, missing) };
}

export function frames(protocol: HubProtocol, count: number, perFrame: number, size: number): Frame[] {
  const all: Frame[] = [];
  for (let from = 0; from < count; from += perFrame) {
    all.push(frame(protocol, from, Math.min(perFrame, count - from), size));
  }
  return all;
}

/** The messages from number `from` on. */
export function frame(protocol: HubProtocol, from: number, length: number, size: number): Frame {
  return joinFrames(
    Array.from({ length }, (_, i) =>
      protocol.write({ type: 1, target: "Tick", arguments: [message(from + i, size)] }),
    ),
  );
}
