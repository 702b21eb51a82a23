import type { HubConnectionModel } from "../../../model/types.ts";
import { counted } from "../../../text/format.ts";
import { named } from "../named.ts";
import type { EpochMilliseconds } from "../../../units.ts";
import { cantTell, DOCS, found, ok, type Change, type FindingKind } from "../finding.ts";
import { isLocal } from "../natural.ts";

/** SignalR's own, and Azure's: a browser can't send headers with a WebSocket. Over TLS that is as it should be. */
const OWN = new Set(["id", "access_token", "negotiateversion", "hub", "usestatefulreconnect"]);
const OF_AZURE = /^asrs\b/i;
const SECRET =
  /token|secret|password|passwd|credential|signature|(?:api|access|auth|client|function|account)[-_.]?key|^(?:jwt|auth|authorization|sig|code|key)$/i;

export const tokenInUrl: FindingKind = {
  group: "security",
  subject: "Secrets in addresses",
  title: "A secret is in an address that servers log",
  when: "an access token was sent without TLS to another computer; or the app has a parameter of its own in the hub's address that is named like a secret",
  why: "Web servers, proxies and monitoring write addresses with their queries into logs. A secret there can be read by all who may read the logs; without TLS, by everybody on the way.",
  link: `${DOCS}aspnet/core/signalr/security#access-token-logging`,
  scenario: null,
  check({ hubs, url }) {
    const all = hubs.flatMap(addressesOf);
    if (all.length === 0) return cantTell("No request was recorded.");
    const open = all.filter(
      ({ address, names }) =>
        names.includes("access_token") && /^(?:ws|http):/i.test(address) && !isLocal(address),
    );
    const own = all.flatMap((one) =>
      one.names
        .filter((name) => !OWN.has(name.toLowerCase()) && !OF_AZURE.test(name) && SECRET.test(name))
        .map((name) => ({ ...one, name })),
    );
    const names = [...new Set(own.map(({ name }) => named(name)))];
    if (open.length + own.length === 0)
      return ok(
        all.some((one) => one.names.includes("access_token"))
          ? "The access token is in the WebSocket's address only, over TLS or on this computer: that is how browsers send it."
          : "No address had a parameter that looks like a secret.",
      );
    return found(
      open.length > 0 ? "high" : "medium",
      open.length > 0
        ? `${counted(open.length, "request")} sent the access token without TLS.`
        : `The app puts ${names.join(", ")} into the hub's address: ${counted(own.length, "request")}.`,
      {
        measured: [
          { label: "Requests with a token and without TLS", value: open.length, unit: "count" },
          { label: "Requests with a secret of the app", value: own.length, unit: "count" },
        ],
        moments: [
          ...open.map(({ t, hubKey }) => ({ t, hubKey, text: "Access token without TLS" })),
          ...own.map(({ t, hubKey, name }) => ({ t, hubKey, text: `${named(name)} in the address` })),
        ],
        changes: [...(open.length > 0 ? [TLS] : []), ...(own.length > 0 ? [factoryChange(url)] : []), LOG],
      },
    );
  },
};

const TLS: Change = {
  where: "server",
  text: "Serve the hub over HTTPS only, also behind a proxy.",
  snippet: { language: "cs", code: "app.UseHttpsRedirection();\napp.UseHsts();" },
};

const factoryChange = (url: string): Change => ({
  where: "client",
  text: "Take it out of the address and return it from accessTokenFactory: negotiates and requests send it in a header then.",
  snippet: {
    language: "ts",
    code: `.withUrl(${JSON.stringify(url)}, { accessTokenFactory: () => token })`,
  },
});

const LOG: Change = {
  where: "server",
  text: "Keep addresses out of the server's own log.",
  snippet: {
    language: "json",
    code: '{ "Logging": { "LogLevel": { "Microsoft.AspNetCore.Hosting": "Warning" } } }',
  },
};

interface Address {
  readonly t: EpochMilliseconds;
  readonly hubKey: string;
  readonly address: string;
  /** Of the query's parameters; their values were never recorded. */
  readonly names: readonly string[];
}

const addressesOf = ({ transports, requests, key }: HubConnectionModel): Address[] =>
  [
    ...transports.map(({ from, url }) => ({ t: from, address: url })),
    ...requests.map(({ started: { t, url } }) => ({ t, address: url })),
  ].map((one) => ({ ...one, hubKey: key, names: namesIn(one.address) }));

const namesIn = (url: string): string[] => {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? "";
  return query.split("&").flatMap((part) => (part.includes("=") ? [part.slice(0, part.indexOf("="))] : []));
};
