import { type HubConnection, HubConnectionState } from "@microsoft/signalr";
import { Chat } from "./chat.ts";
import { byId } from "./dom.ts";
import { buildConnection } from "./hub-connection.ts";
import { Instruments } from "./instruments.ts";
import { bindSettings, settingsFromQuery } from "./settings.ts";
import { Status } from "./status.ts";

declare global {
  interface Window {
    /** Only for tests; the page itself doesn't use it. */
    demo: { readonly connection: HubConnection };
  }
}

const settings = settingsFromQuery(new URLSearchParams(location.search), document.body.dataset.hubUrl ?? "");
const status = new Status();
const instruments = new Instruments(byId("instruments"));
const chat = new Chat(() => connection);
let connection = connect();

window.demo = {
  get connection() {
    return connection;
  },
};

bindSettings(byId("settings", HTMLFormElement), settings, (_settings, changed) => {
  // `rejoin` is read at each reconnect; all other settings are fixed when a connection is built.
  if (changed !== "rejoin") void connectAnew();
});
status.onToggle(() => {
  if (connection.state === HubConnectionState.Disconnected) void connectAnew();
  else void disconnect();
});

function connect(): HubConnection {
  const built = buildConnection(settings);
  chat.listen(built);
  built.onreconnecting((error) => status.show(built.state, `Reconnecting. ${error?.message ?? ""}`));
  built.onreconnected(() => {
    status.show(built.state, "Connected again");
    instruments.follow(built);
    // If the connection is lost again before the answer, the next reconnect joins.
    if (settings.rejoin) chat.join(built).catch(() => undefined);
  });
  built.onclose((error) => status.show(built.state, error ? `Closed. ${error.message}` : "Closed"));
  void start(built);
  return built;
}

async function start(built: HubConnection): Promise<void> {
  const starting = built.start();
  status.show(built.state, "Connecting");
  try {
    await starting;
    status.show(built.state, "Connected");
    instruments.follow(built);
    await chat.join(built);
  } catch (error) {
    status.show(built.state, error instanceof Error ? error.message : String(error));
  }
}

async function disconnect(): Promise<void> {
  if (connection.state === HubConnectionState.Connected) instruments.unfollow();
  await connection.stop();
}

async function connectAnew(): Promise<void> {
  await disconnect();
  connection = connect();
}
