/**
 * Negotiate: recognising the request and reading the answer, versions 0 and 1.
 * https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/TransportProtocols.md
 */

import type { Milliseconds } from "../units.ts";

/** A cheap check whether this URL could be a negotiate. */
export const looksLikeNegotiate = (url: string): boolean => /\/negotiate(?:\?|#|$)/.test(url);

/** Clients since 3.1 send it in the query; without it only the answer shows that it is a negotiate. */
export const saysNegotiateVersion = (url: string): boolean => /[?&]negotiateVersion=\d/.test(url);

export interface NegotiateAnswer {
  readonly negotiateVersion: number;
  readonly connectionId: string | undefined;
  /** What goes into `id=` of the connect URL. Secret: never recorded. */
  readonly connectionToken: string | undefined;
  /** For the server to which the client is redirected. Secret: never recorded. */
  readonly accessToken: string | undefined;
  readonly transports: readonly string[] | undefined;
  readonly statefulReconnect: boolean;
  readonly redirectUrl: string | undefined;
  readonly error: string | undefined;
  /** `ProtocolVersion`: it is an ASP.NET SignalR 2.x server. */
  readonly legacyVersion: string | undefined;
}

/** Reads a negotiate answer; null when the body is not one. Unknown fields are ignored, as newer servers may add some. */
export function readNegotiateAnswer(body: string): NegotiateAnswer | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const answer = value as Record<string, unknown>;
  const text = (key: string): string | undefined =>
    typeof answer[key] === "string" ? answer[key] : undefined;
  const transports = Array.isArray(answer["availableTransports"])
    ? answer["availableTransports"].flatMap((entry: unknown) => {
        const name = (entry as { transport?: unknown } | null)?.transport;
        return typeof name === "string" ? [name] : [];
      })
    : undefined;
  const connectionId = text("connectionId");
  const redirectUrl = text("url");
  const error = text("error");
  const legacyVersion = text("ProtocolVersion");
  if (
    legacyVersion === undefined &&
    error === undefined &&
    redirectUrl === undefined &&
    (connectionId === undefined || transports === undefined)
  )
    return null;
  return {
    negotiateVersion: typeof answer["negotiateVersion"] === "number" ? answer["negotiateVersion"] : 0,
    connectionId,
    connectionToken: text("connectionToken") ?? connectionId,
    accessToken: text("accessToken"),
    transports,
    statefulReconnect: answer["useStatefulReconnect"] === true,
    redirectUrl,
    error,
    legacyVersion,
  };
}

/** How long the token lasts, by the answer to a negotiate or to a refresh (servers since .NET 11 that allow a refresh). */
export function tokenLifetimeIn(body: string): Milliseconds | undefined {
  const seconds = /"tokenLifetimeSeconds"\s*:\s*(\d{1,10})\b/.exec(body)?.[1];
  return (seconds && Number(seconds) * 1_000) || undefined;
}

/**
 * Removes ids from the body of an answer that can't be parsed, so that it can be used in an error: it may be an incomplete
 * answer, and with version 0 the connection id is the token.
 * @param found called with each id
 */
export const withoutIds = (body: string, found: (id: string) => void): string =>
  body.replace(
    /("connection(?:Id|Token)"\s{0,20}:\s{0,20}")([^"]*)/gi,
    (_all, before: string, id: string) => {
      found(id);
      return `${before}…`;
    },
  );

/** The negotiate of the ASP.NET SignalR 2.x client: a GET with `clientProtocol`. */
export const legacyProtocolIn = (url: string): string | undefined =>
  /[?&]clientProtocol=([\d.]+)/.exec(url)?.[1];

/** Its connect, on any transport. */
export const isLegacyConnect = (url: string): boolean =>
  /[?&]connectionToken=/.test(url) && /[?&]transport=/.test(url);

/** "10.0.11" from `Microsoft SignalR/10.0 (10.0.11; Unknown OS; Browser; …)`. */
export const clientVersionOf = (userAgent: string): string | undefined =>
  /\(([0-9][^;)]*);/.exec(userAgent)?.[1];
