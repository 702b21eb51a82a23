import { majorOf } from "../client-version.ts";
import { cantTell, DOCS, found, notApplicable, ok, type FindingKind } from "../finding.ts";
import { isBlazor } from "../history-parts.ts";

/** What came with a major version, the newest first. */
const CAME_WITH: readonly { readonly major: number; readonly what: string }[] = [
  {
    major: 8,
    what: "stateful reconnect, withServerTimeout() and withKeepAliveInterval(), a Close message to the server at stop()",
  },
  { major: 7, what: "client results (the server can invoke() a client)" },
  { major: 6, what: "a warning when a sleeping tab ended the connection" },
  {
    major: 5,
    what: "negotiate version 1, which keeps the connection token apart from the id, and options for headers",
  },
];
/** Older ones aren't supported any more, and lack stateful reconnect. */
const CURRENT = 8;

export const clientOutdated: FindingKind = {
  group: "maintenance",
  subject: "Version of the client",
  title: "The client library is outdated",
  when: "the client's version is below 8",
  why: "Old clients lack what makes losses cheaper, and get no fixes. A newer client works with an older server.",
  link: `${DOCS}aspnet/core/signalr/client-features`,
  scenario: null,
  check(history) {
    if (isBlazor(history)) return notApplicable("Blazor's client comes with its server.");
    const known = history.hubs.flatMap((hub) => {
      const major = majorOf(hub.clientVersion);
      return major === null ? [] : [{ hub, major }];
    });
    if (known.length === 0)
      return cantTell(
        "The client doesn't tell its version: it is older than 5.0, skips the negotiate, or never sent one.",
      );
    const [oldest] = [...known].sort((a, b) => a.major - b.major);
    if (!oldest || oldest.major >= CURRENT)
      return ok(`The client is version ${oldest?.hub.clientVersion ?? ""}.`);
    const { hub, major } = oldest;
    const missing = CAME_WITH.filter((one) => one.major > major);
    return found(
      major <= 5 ? "medium" : "low",
      `The client is version ${hub.clientVersion ?? ""}. It lacks ${missing.map(({ what }) => what).join("; ")}.`,
      {
        measured: [{ label: "Major version", value: major, unit: "count" }],
        moments: known
          .filter((one) => one.major < CURRENT)
          .flatMap((one) => {
            const since = one.hub.requests[0]?.started.t;
            return since === undefined
              ? []
              : [{ t: since, hubKey: one.hub.key, text: `Client ${one.hub.clientVersion ?? ""}` }];
          }),
        changes: [
          {
            where: "client",
            text: "Update the package. Its calls are the same; read the notes on breaking changes of the versions in between.",
            snippet: { language: "sh", code: "npm install @microsoft/signalr@latest" },
          },
        ],
      },
    );
  },
};
