/** The page that is measured: one hub connection with the real client, and nothing else. Bundled and served by `server.ts`. */
import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import type { Traffic } from "./cases.ts";
import { message } from "./messages.ts";
import type {} from "./page-api.ts";

/** Longer than any case: the server sends no pings. */
const TIMEOUT = 600_000;
/** Calls that are timed together: a page's clock has steps of 0.1 ms. */
const CALLS = 20;

let connection: HubConnection;
let expected = 0;
let received = 0;
let done: (time: number) => void = () => undefined;

async function inbound({ messages, perFrame, size, perSecond }: Traffic): Promise<number> {
  if (perSecond === undefined) await connection.invoke("Prepare", messages, perFrame, size);
  received = 0;
  expected = messages;
  const end = new Promise<number>((resolve) => (done = resolve));
  const from = performance.now();
  if (perSecond === undefined) await connection.send("Blast");
  else await connection.send("Flow", messages, perFrame, size, perSecond);
  return (await end) - from;
}

async function outbound({ messages, size }: Traffic): Promise<number> {
  const argument = message(0, size);
  const from = performance.now();
  // Each send is awaited: otherwise the client would join them to a few large frames.
  for (let i = 0; i < messages; i++) await connection.send("Sink", argument);
  const arrived = await connection.invoke<number>("Sunk");
  if (arrived !== messages) throw new Error(`${arrived} of ${messages} messages arrived`);
  return performance.now() - from;
}

async function calls({ messages, size }: Traffic): Promise<{ elapsed: number; call: number }> {
  const argument = message(0, size);
  const times: number[] = [];
  const from = performance.now();
  for (let i = 0; i < messages; i += CALLS) {
    const begin = performance.now();
    for (let k = 0; k < CALLS; k++) await connection.invoke("Echo", argument);
    times.push((performance.now() - begin) / CALLS);
  }
  const elapsed = performance.now() - from;
  return { elapsed, call: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN };
}

window.bench = {
  async connect({ protocol, transport }) {
    const builder = new HubConnectionBuilder()
      .withUrl("/hub", { transport: HttpTransportType[transport] })
      .configureLogging(LogLevel.None);
    if (protocol === "messagepack") builder.withHubProtocol(new MessagePackHubProtocol());
    connection = builder.build();
    connection.serverTimeoutInMilliseconds = TIMEOUT;
    connection.on("Tick", ({ seq }: { seq: number }) => {
      if (seq !== received) throw new Error(`message ${seq} came as number ${received}`);
      if (++received === expected) done(performance.now());
    });
    await connection.start();
  },
  async run(traffic) {
    if (traffic.way === "call") return calls(traffic);
    return { elapsed: await (traffic.way === "in" ? inbound(traffic) : outbound(traffic)) };
  },
  burn(milliseconds) {
    for (const end = performance.now() + milliseconds; performance.now() < end;);
  },
};
