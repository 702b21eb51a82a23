/** What the apps share: a connection built as an app builds it, and the advice that the good ones follow. */
import {
  HttpTransportType,
  HubConnectionBuilder,
  LogLevel,
  type HubConnection,
  type IRetryPolicy,
} from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { drive, type ClientSettings } from "../../harness/clients/page.ts";

/** What an app adds to the settings of its client. */
export interface AppSettings extends ClientSettings {
  /** Retries with full jitter, and never gives up. */
  readonly jitter?: boolean;
  /** Holds a Web Lock, so that the browser doesn't freeze the tab. */
  readonly lock?: boolean;
}

export interface App {
  readonly hub: HubConnection;
  readonly settings: AppSettings;
  /** Tells the test that something is done. */
  readonly done: (what: string) => void;
  /** Starts the hub once. */
  readonly start: () => Promise<string>;
}

/** Full jitter: anything between 0 and a limit that grows. Its limits are lower than an app's, because runs must be short. */
export const jitter = (previousRetryCount: number): number =>
  Math.random() * Math.min(4_000, 400 * 2 ** previousRetryCount);

const jittered: IRetryPolicy = {
  nextRetryDelayInMilliseconds: ({ previousRetryCount }) => jitter(previousRetryCount),
};

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param policy the app's own, in place of the settings' */
export function build(name: string, settings: AppSettings, policy?: IRetryPolicy): App {
  const { transport, skipNegotiation, tokens } = settings;
  let asked = 0;
  const token = (): string => tokens?.[Math.min(asked++, tokens.length - 1)] ?? "";
  let builder = new HubConnectionBuilder().configureLogging(LogLevel.None).withUrl(settings.hub, {
    ...(transport === undefined ? {} : { transport: HttpTransportType[transport] }),
    ...(skipNegotiation === undefined ? {} : { skipNegotiation }),
    ...(tokens ? { accessTokenFactory: token } : {}),
  });
  if (settings.protocol === "messagepack") builder = builder.withHubProtocol(new MessagePackHubProtocol());
  const chosen = policy ?? (settings.jitter ? jittered : settings.retries);
  // The two overloads of the method don't take a union.
  if (chosen && "nextRetryDelayInMilliseconds" in chosen) builder = builder.withAutomaticReconnect(chosen);
  else if (chosen) builder = builder.withAutomaticReconnect([...chosen]);
  if (settings.stateful) builder = builder.withStatefulReconnect();
  const hub = builder.build();
  if (settings.serverTimeout !== undefined) hub.serverTimeoutInMilliseconds = settings.serverTimeout;
  if (settings.keepAlive !== undefined) hub.keepAliveIntervalInMilliseconds = settings.keepAlive;
  if (settings.lock)
    void navigator.locks.request("stays awake", { mode: "shared" }, () => new Promise(() => undefined));
  const tell = drive(name, hub);
  return {
    hub,
    settings,
    done: (what) => tell("done", what),
    async start() {
      try {
        await hub.start();
        tell("connected", hub.connectionId ?? "");
        return "connected";
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        tell("start failed", text);
        return text;
      }
    },
  };
}

/** Tries again until the first start succeeds: the automatic reconnect doesn't cover it. */
export async function startUntilConnected({ start }: App): Promise<string> {
  for (let tries = 0; ; tries++) {
    const told = await start();
    if (told === "connected") return told;
    await sleep(jitter(tries));
  }
}
