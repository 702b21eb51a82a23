import { counted, duration } from "../../../text/format.ts";
import { cantTell, DOCS, found, momentOf, okSoFar, type FindingKind, type HubHistory } from "../finding.ts";
import { lostBy, naturalLosses, refusalMoment, refusedBy, type Refusal } from "../natural.ts";

export const tokenExpires: FindingKind = {
  group: "security",
  subject: "Expiry of the access token",
  title: "Connections end when the access token expires",
  when: "a connection ended because its access token expired; or a reconnect was refused with 401 after the connection had worked",
  why: "The server ends a connection with its token. If the app then offers the same old token, the reconnect is refused, and the user must sign in or reload.",
  link: `${DOCS}aspnet/core/signalr/authn-and-authz`,
  scenario: "token-expired",
  check(history) {
    const losses = naturalLosses(history);
    const expired = lostBy(losses, ["token-expired"]);
    const stale = staleTokens(history);
    const expiries = history.hubs.flatMap(({ transports, requests }) => [
      ...transports.flatMap(({ tokenExpiresAt, from }) =>
        tokenExpiresAt === null ? [] : [tokenExpiresAt - from],
      ),
      ...requests.flatMap(({ started: { t, tokenExpiresAt } }) =>
        tokenExpiresAt === undefined ? [] : [tokenExpiresAt - t],
      ),
    ]);
    if (expired.length + stale.length === 0)
      return expiries.length === 0
        ? cantTell("No access token with an expiry was seen: it may be opaque, or a cookie.")
        : okSoFar("No connection ended with its token.");
    const shortest = expiries.length > 0 ? Math.min(...expiries.slice(-1_000)) : null;
    return found(
      stale.length > 0 ? "high" : "medium",
      stale.length > 0
        ? `${counted(stale.length, "reconnect")} ${stale.length === 1 ? "was" : "were"} refused (401) after the connection had worked before: the app offered a token that is no longer valid.`
        : `${counted(expired.length, "connection")} ended because the access token expired.`,
      {
        measured: [
          { label: "Lost by expiry", value: expired.length, unit: "count" },
          { label: "Reconnects refused (401)", value: stale.length, unit: "count" },
          ...(shortest === null || shortest <= 0
            ? []
            : [
                {
                  label: "Left of the token when it was sent, at least",
                  value: Math.round(shortest),
                  unit: "ms",
                } as const,
              ]),
        ],
        moments: [
          ...expired.map(({ interruption, verdict }) => momentOf(interruption, verdict.title)),
          ...stale.map(refusalMoment),
        ],
        changes: [
          {
            where: "client",
            text: `Let accessTokenFactory return a token that is still valid: it is called before each negotiate and transport.${shortest !== null && shortest > 0 ? ` Here a token had ${duration(shortest)} left.` : ""}`,
            snippet: {
              language: "ts",
              code: `.withUrl(${JSON.stringify(history.url)}, {\n  accessTokenFactory: async () => (isFresh(token) ? token : (token = await renewToken())),\n})`,
            },
          },
          {
            where: "server",
            text: "CloseOnAuthenticationExpiration ends connections with their token. Leave it off, as it is by default, if nobody needs that; with a fresh token the client is back at once.",
            snippet: {
              language: "cs",
              code: `app.MapHub<YourHub>(${JSON.stringify(history.hubs[0]?.path ?? "/hub")}, options => options.CloseOnAuthenticationExpiration = false);`,
            },
          },
        ],
      },
    );
  },
};

/** Refused with 401 on a connection that had been accepted before. */
const staleTokens = (history: HubHistory): Refusal[] =>
  refusedBy(history, ["unauthorized"]).filter(({ hub, t }) =>
    hub.transports.some(({ handshakeAt }) => handshakeAt !== null && handshakeAt < t),
  );
