/**
 * A page whose app traces its calls: the client sends no trace context by itself, so the app's own protocol puts one into the headers of each
 * invocation, as an instrumentation would.
 */
import { HubConnectionBuilder, JsonHubProtocol, LogLevel, MessageType } from "@microsoft/signalr";

type Message = Parameters<JsonHubProtocol["writeMessage"]>[0];

const hex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

const sent: string[] = [];

class TracedProtocol extends JsonHubProtocol {
  override writeMessage(message: Message): string {
    if (message.type !== MessageType.Invocation || message.target !== "Add")
      return super.writeMessage(message);
    const traceparent = `00-${hex(16)}-${hex(8)}-01`;
    sent.push(traceparent);
    return super.writeMessage({ ...message, headers: { traceparent } });
  }
}

declare global {
  interface Window {
    openTraced(url: string): Promise<void>;
    readonly traced: {
      invoke(method: string, ...args: unknown[]): Promise<unknown>;
      /** How often it has come back. */
      reconnects: number;
    };
    /** The trace contexts that it has sent. */
    readonly traceparents: readonly string[];
  }
}

window.openTraced = async (url) => {
  const hub = new HubConnectionBuilder()
    .withUrl(url)
    .withHubProtocol(new TracedProtocol())
    .withAutomaticReconnect([100, 200, 500])
    .configureLogging(LogLevel.None)
    .build();
  const traced: Window["traced"] = {
    invoke: (method, ...args) => hub.invoke(method, ...args),
    reconnects: 0,
  };
  hub.onreconnected(() => {
    traced.reconnects++;
  });
  Object.assign(window, { traced });
  await hub.start();
};
Object.assign(window, { traceparents: sent });
