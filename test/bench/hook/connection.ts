/** The server's side of one connection of the bench: the handshake, and the methods that the page calls. */
import { setTimeout } from "node:timers/promises";
import type { Frame } from "../../harness/hubs/node/frame.ts";
import type { HubMessage } from "../../harness/hubs/node/hub-messages.ts";
import type { HubProtocol } from "../../harness/hubs/node/hub-protocol.ts";
import { hubProtocols } from "../../harness/hubs/node/hub-protocols.ts";
import { readRecord, writeRecord } from "../../harness/hubs/node/json-hub-protocol.ts";
import { MessageReader } from "../../harness/hubs/node/message-reader.ts";
import { frame, frames } from "./messages.ts";

/** Between two looks at how many messages of an even flow are due, in milliseconds. */
const EVENLY = 5;

/** How frames get to the page. */
export interface Line {
  send(frame: Frame): void;
  /** Sends them as they are: none are joined. */
  sendAll(frames: readonly Frame[]): void;
}

const LONGEST = 2 ** 30;

/** @returns what takes the data from the page */
export function serve(line: Line): (data: Buffer) => void {
  const reader = new MessageReader(LONGEST);
  let protocol: HubProtocol | undefined;
  let prepared: Frame[] = [];
  let sunk = 0;

  return (data) => {
    reader.push(data);
    const agreed = (protocol ??= handshake());
    if (!agreed) return;
    for (;;) {
      const message = reader.next((received) => agreed.read(received));
      if (!message) return;
      if (message.type === 1) answer(agreed, message);
    }
  };

  function handshake(): HubProtocol | undefined {
    const request = reader.next(readRecord);
    if (request === undefined) return undefined;
    const { protocol: name } = JSON.parse(request) as { protocol: string };
    const agreed = hubProtocols.get(name);
    if (!agreed) throw new Error(`no protocol ${name}`);
    const yes = writeRecord({});
    line.send(agreed.transferFormat === "Binary" ? Buffer.from(yes) : yes);
    return agreed;
  }

  function answer(agreed: HubProtocol, call: Extract<HubMessage, { type: 1 | 4 }>): void {
    const result = run(agreed, call.target, call.arguments);
    const { invocationId } = call;
    if (invocationId !== undefined) line.send(agreed.write({ type: 3, invocationId, result }));
  }

  function run(agreed: HubProtocol, target: string, args: readonly unknown[]): unknown {
    switch (target) {
      case "Echo":
        return args[0];
      case "Sink":
        sunk++;
        return null;
      case "Sunk": {
        const count = sunk;
        sunk = 0;
        return count;
      }
      case "Prepare":
        prepared = frames(agreed, Number(args[0]), Number(args[1]), Number(args[2]));
        return null;
      case "Blast":
        line.sendAll(prepared);
        return null;
      case "Flow":
        void flow(agreed, Number(args[0]), Number(args[1]), Number(args[2]), Number(args[3]));
        return null;
      default:
        throw new Error(`no method ${target}`);
    }
  }

  /** Sends messages at an even rate. */
  async function flow(
    agreed: HubProtocol,
    count: number,
    perFrame: number,
    size: number,
    perSecond: number,
  ): Promise<void> {
    const begun = performance.now();
    for (let sent = 0; sent < count;) {
      const due = Math.min(count, ((performance.now() - begun) / 1_000) * perSecond);
      for (; sent < due; sent += perFrame)
        line.send(frame(agreed, sent, Math.min(perFrame, count - sent), size));
      await setTimeout(EVENLY);
    }
  }
}
