/**
 * Runs in a frame: patches its window, then uses everything that the hook wraps, and reports its observations to the
 * parent page.
 */
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { describeError, nextEvent } from "../check.ts";
import { patches } from "../window/patches.ts";

/** Saved before the patches, so that the report always reaches the parent page. */
const { parent: opener } = window;
const post = opener.postMessage.bind(opener);
const stringify = JSON.stringify;
const wait = window.setTimeout.bind(window);
const NativePromise = Promise;

const uses: Readonly<Record<string, (hub: string) => unknown>> = {
  async hub(hub) {
    const connection = new HubConnectionBuilder()
      .withUrl(hub, { transport: HttpTransportType.WebSockets })
      .withAutomaticReconnect()
      .configureLogging(LogLevel.None)
      .build();
    await connection.start();
    const echo: unknown = await connection.invoke("Echo", { a: ["b", 1] });
    const sum: unknown = await connection.invoke("Add", 2, 3);
    await connection.stop();
    return [echo, sum, connection.state];
  },
  async socket() {
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/echo`);
    await nextEvent(socket, "open");
    socket.send("text");
    const { data } = await nextEvent<MessageEvent<unknown>>(socket, "message");
    socket.close(4000, "bye");
    const { isTrusted } = await nextEvent<CloseEvent>(socket, "close");
    return [data, isTrusted, socket instanceof WebSocket, socket.readyState];
  },
  async fetch() {
    const response = await fetch("/answers/json/negotiate?negotiateVersion=1", {
      method: "POST",
      headers: { Authorization: "Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjF9." },
    });
    const body: unknown = await response.json();
    return [response.status, body];
  },
  assignment() {
    class Hub {
      [key: string]: unknown;
      constructor() {
        this["keepAliveIntervalInMilliseconds"] = 1;
        this["serverTimeoutInMilliseconds"] = 2;
      }
      invoke(): void {
        // looks like a hub's
      }
      start(): void {
        // looks like a hub's
      }
      onclose(): void {
        // looks like a hub's
      }
    }
    return Object.keys(new Hub());
  },
};

async function runPatchedPage(): Promise<void> {
  const name = location.pathname.split("/")[2] ?? "";
  const hub = new URL(location.href).searchParams.get("hub") ?? "";
  const errors: unknown[] = [];
  window.addEventListener("error", (event) => {
    errors[errors.length] = ["error", event.message];
  });
  window.addEventListener("unhandledrejection", (event) => {
    errors[errors.length] = ["rejection", String(event.reason)];
  });
  document.addEventListener("securitypolicyviolation", (event) => {
    errors[errors.length] = ["policy", event.violatedDirective, event.blockedURI];
  });
  patches[name]?.();
  const told: Record<string, unknown> = {};
  for (const [what, use] of Object.entries(uses)) {
    try {
      told[what] = await use(hub);
    } catch (error) {
      told[what] = describeError(error);
    }
  }
  // Wait, as errors in Hubscope's timers would come later.
  await new NativePromise((resolve) => wait(resolve, 150));
  post(stringify({ told, errors }), "*");
}

void runPatchedPage();
