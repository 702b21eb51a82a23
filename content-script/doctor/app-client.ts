/**
 * What the doctor takes over from the app's own client: address, token, headers, and what the client may use. Names of private
 * members differ from build to build; those of the options don't.
 */
import type { DoctorOrder, DoctorToken } from "../../extension/core/events/doctor-events.ts";
import { addressOf, hubUrlOf } from "../../extension/core/protocol/addresses.ts";
import { redactUrl } from "../../extension/core/redaction/redact.ts";
import type { TransportName } from "../../extension/core/protocol/terms.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import type { DoctorHooks } from "../hook/transport/doctor-hooks.ts";
import { errorText, within } from "./waiting.ts";

/** Values of HttpTransportType. */
const TRANSPORTS: Readonly<Record<TransportName, number>> = {
  WebSockets: 1,
  ServerSentEvents: 2,
  LongPolling: 4,
};

export interface AppClient {
  /** Absolute, with the app's query, without ids and tokens. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly withCredentials: boolean;
  /** undefined: all, or not known. */
  readonly transports: readonly TransportName[] | undefined;
  readonly skipNegotiation: boolean | undefined;
  /** undefined: not known. */
  readonly serverTimeout: Milliseconds | undefined;
  readonly keepAliveInterval: Milliseconds | undefined;
  readonly token: DoctorToken;
  readonly accessToken: string | undefined;
  /** A token for one more connection: the app's client asks its factory each time, too. undefined: there is none. */
  newToken(): Promise<string | undefined>;
  /** Why there is no token. */
  readonly error: string | undefined;
}

const TOKEN_WITHIN: Milliseconds = 10_000;

/** @throws Error: the address is not known in full */
export async function findAppClient(
  order: DoctorOrder,
  { hubs, connections }: Pick<DoctorHooks, "hubs" | "connections">,
): Promise<AppClient> {
  const wanted = addressOf(order.url);
  const matches = (url: unknown): url is string =>
    typeof url === "string" && addressOf(absolute(url)) === wanted;
  const alike = hubs().filter((hub) => matches(readFrom(hub, "baseUrl")));
  // A page may use one path with several queries: as far as the order tells them apart.
  const exact = alike.filter((hub) => isAsked(absolute(String(readFrom(hub, "baseUrl"))), order.url));
  const candidates = exact.length > 0 ? exact : alike;
  const hub = candidates.find((one) => readFrom(one, "state") === "Connected") ?? candidates.at(-1);
  const baseUrl = hub && readFrom(hub, "baseUrl");
  const options = hub ? optionsOf(readFrom(hub, "connection")) : undefined;
  const read = (option: string): unknown => options && readFrom(options, option);
  const live = connections.live().find(({ url }) => addressOf(url) === wanted)?.url;
  const url = matches(baseUrl) ? absolute(baseUrl) : live === undefined ? order.url : withoutIds(live);
  if (url.includes("…")) throw new Error("The hub's full address is not known: connect the app first.");
  return {
    url,
    headers: headersIn(options),
    withCredentials: read("withCredentials") !== false,
    transports: transportsIn(options),
    skipNegotiation: options ? read("skipNegotiation") === true : undefined,
    serverTimeout: timeoutIn(hub && readFrom(hub, "serverTimeoutInMilliseconds")),
    keepAliveInterval: timeoutIn(hub && readFrom(hub, "keepAliveIntervalInMilliseconds")),
    ...(await tokenFrom(options, live)),
  };
}

/** Where secrets are removed from the order's address, they are from the other, too. */
const isAsked = (url: string, asked: string): boolean => url === asked || redactUrl(url) === asked;

type Token = Pick<AppClient, "token" | "accessToken" | "newToken" | "error">;

async function tokenFrom(options: object | undefined, live: string | undefined): Promise<Token> {
  const factory = options && readFrom(options, "accessTokenFactory");
  if (typeof factory === "function") {
    const newToken = async (): Promise<string | undefined> => {
      const token = await within(
        TOKEN_WITHIN,
        Promise.resolve((factory as () => unknown).call(options)),
        new Error("The app's token factory did not answer within 10 s."),
      );
      return typeof token === "string" && token !== "" ? token : undefined;
    };
    try {
      const accessToken = await newToken();
      const token = accessToken === undefined ? "none" : "borrowed";
      return { token, accessToken, newToken, error: undefined };
    } catch (error) {
      return { ...without, token: "failed", error: errorText(error) };
    }
  }
  if (options) return { ...without, token: "none" };
  const carried = /[?&]access_token=([^&#]*)/.exec(live ?? "")?.[1];
  if (carried === undefined) return { ...without, token: "unknown" };
  const accessToken = decoded(carried);
  return { token: "borrowed", accessToken, newToken: () => Promise.resolve(accessToken), error: undefined };
}

const without = { accessToken: undefined, newToken: () => Promise.resolve(undefined), error: undefined };

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The client's HttpConnection keeps the options in a private field: the first with `logMessageContent`, which the client sets
 * itself in every version. An app's own HTTP client, which comes before, doesn't have that.
 */
function optionsOf(connection: unknown): object | undefined {
  if (typeof connection !== "object" || connection === null) return undefined;
  try {
    for (const name of Object.keys(connection)) {
      const value = readFrom(connection, name);
      if (typeof value === "object" && value !== null && Object.hasOwn(value, "logMessageContent"))
        return value;
    }
  } catch {
    // a proxy that throws
  }
  return undefined;
}

function headersIn(options: object | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  const given = options && readFrom(options, "headers");
  if (typeof given !== "object" || given === null) return headers;
  try {
    for (const name of Object.keys(given)) {
      const value = readFrom(given, name);
      if (typeof value === "string") headers[name] = value;
    }
  } catch {
    // a proxy that throws
  }
  return headers;
}

const timeoutIn = (value: unknown): Milliseconds | undefined =>
  typeof value === "number" && value > 0 && Number.isFinite(value) ? value : undefined;

function transportsIn(options: object | undefined): readonly TransportName[] | undefined {
  const transport = options && readFrom(options, "transport");
  if (typeof transport !== "number" || transport === 0) return undefined;
  const names = Object.keys(TRANSPORTS) as TransportName[];
  return names.filter((name) => (transport & TRANSPORTS[name]) !== 0);
}

/** The page's objects may have getters that throw. */
function readFrom(object: object, name: string): unknown {
  try {
    return (object as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

/** The address of a hub, from that of one of its connections. */
const withoutIds = (url: string): string => {
  const address = new URL(hubUrlOf(url).replace(/^ws/i, "http"));
  address.search = new URL(url).search;
  for (const name of ["id", "access_token", "negotiateVersion", "useStatefulReconnect", "_"])
    address.searchParams.delete(name);
  return address.href;
};

function absolute(url: string): string {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return url;
  }
}
