/**
 * `npm run docs:causes`: writes docs/causes.md from the code: every cause and obstacle with its conditions, the recommendation,
 * a link, and how the tests provoke it. A test fails if the file is out of date.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "prettier";
import { adviceAgainst, adviceForCause, type Advice } from "../extension/core/diagnosis/advice.ts";
import { CAUSE_RATIONALE, OBSTACLE_RATIONALE } from "../extension/core/diagnosis/rationale.ts";
import { CAUSE_TITLE, KNOWN_FROM, OBSTACLE_TITLE } from "../extension/core/diagnosis/titles.ts";
import type { Knowledge } from "../extension/core/model/types.ts";
import type { CauseName, ObstacleName } from "../extension/core/diagnosis/verdict.ts";
import { PROVOCATIONS } from "../test/causes/provocations.ts";
import { projectRoot } from "./paths.ts";

const file = path.join(projectRoot, "docs", "causes.md");
const keys = <K extends string>(record: Readonly<Record<K, unknown>>): K[] => Object.keys(record) as K[];

/** All provocations of a cause or obstacle, in both browsers, with and without the client probe. */
function provokedAs(name: string): string {
  const own = PROVOCATIONS.filter(({ expected, expectedOnWire, expectedIn }) =>
    [expected, expectedOnWire ?? [], ...Object.values(expectedIn ?? {})]
      .flat()
      // What became of a Blazor page's circuit isn't part of the cause.
      .some((one) => one.replace(/, (circuit .*|beacon sent)$/, "") === name),
  );
  return own.length === 0 ? "–" : own.map((one) => one.name).join("; ");
}

/** Provocations of a cause, as a loss or as the reason of a failed start (with another name for an unloaded page). */
const ofCause = (name: CauseName): string =>
  [name, name === "page-left" ? "page left" : `start: ${name}`]
    .map(provokedAs)
    .filter((text, i, all) => text !== "–" && all.indexOf(text) === i)
    .join("; ") || "–";

const ofObstacle = (name: ObstacleName): string =>
  [`start: ${name}`, `hang: ${name}`, `abrupt-loss, then ${name}`]
    .map(provokedAs)
    .filter((text) => text !== "–")
    .join("; ") || "–";

const readOn = (to: string | null): string => (to === null ? "" : ` [Learn more](${to})`);

interface Entry {
  readonly name: string;
  readonly title: string;
  readonly rationale: string;
  readonly advice: Advice | null;
  readonly provoked: string;
}

const section = ({ name, title, rationale, advice, provoked }: Entry): string => `### \`${name}\`

**${title}**

- Reported when: ${rationale}.
- Recommendation: ${advice === null ? "–" : `${advice.text}${readOn(advice.link)}`}
- Provoked by: ${provoked}
`;

const causeSection = (name: CauseName): string =>
  section({
    name,
    title: CAUSE_TITLE[name],
    rationale: CAUSE_RATIONALE[name],
    advice: adviceForCause(name),
    provoked: ofCause(name),
  });

const obstacleSection = (name: ObstacleName): string =>
  section({
    name,
    title: OBSTACLE_TITLE[name],
    rationale: OBSTACLE_RATIONALE[name],
    advice: adviceAgainst({ name, title: "", retryAfter: null }),
    provoked: ofObstacle(name),
  });

const KNOWLEDGE: Readonly<Record<Knowledge, string>> = {
  client: "the page's own HubConnection, read by the client probe",
  wire: "what was seen on sockets and requests, or inferred from it",
  page: "the browser's own events: visibility, freeze, offline, unload",
  network: "what the browser's network layer reports to the extension, but not to the page",
};

export function causesPage(): Promise<string> {
  const text = `<!-- Written by \`npm run docs:causes\` from extension/core/diagnosis. Don't change it here. -->

# Causes

Every interruption, every failed start and every hang has a verdict. A verdict has these parts:

- the **cause**, and its confidence: high, medium or low. \`unknown\` is a valid cause
- the **evidence**, in order of time
- what was **ruled out**: only what was looked for and could have been seen
- the **client callbacks**: the callbacks that the app received, and what became of its promises
- the **obstacle**: what kept the connection from coming back
- **recommendations**, with a link to the documentation

Each statement names its source:

${keys(KNOWLEDGE)
  .map((one) => `- **${KNOWN_FROM[one]}**: ${KNOWLEDGE[one]}`)
  .join("\n")}

What the client reports takes precedence over what is inferred. The rules are tried in this order, and the first that matches
decides: injected, Close message, closed by the client, page unloaded, frozen, offline, asleep, HTTP answers, a close code with a
meaning of its own, the result of the next attempts (also those of connections that were lost at the same moment), idle time, age,
a clean close, the size of the last message, and any other loss.

"Provoked by" names the entries of \`test/causes\` that cause it for real, with ASP.NET Core's own server, a TCP proxy, nginx,
haproxy and a browser (\`npm run causes\`). "–" means that there are unit tests only.

## Why a connection was lost

${keys(CAUSE_TITLE).map(causeSection).join("\n")}
## What keeps a connection from being established

A step that is neither answered nor refused is shown as waiting after 5 s, and becomes a finding later:

![The panel while a WebSocket's upgrade isn't answered: what the connection waits for, evidence, and advice](hang-chromium-light.png)

Chromium reports the status of a rejected WebSocket upgrade to nobody; there, such an obstacle is \`transport-failed\`. Firefox
reports it to the extension, and the panel says "${KNOWN_FROM.network}".

${keys(OBSTACLE_TITLE).map(obstacleSection).join("\n")}
## What no page can see

- Whether a TCP reset, a FIN or a proxy ended a socket: all of them are close code 1006.
- A stop() by the app while the client waits for its next attempt, without the client probe.
- Why an accessTokenFactory doesn't settle, and whether a request that isn't answered has left the browser.
- A failed WebSocket of a client that doesn't negotiate.
- In Firefox, whether the other end or the browser itself closed a socket cleanly.
- A computer's sleep during which the browser's clock stopped, too.
- Connections inside workers: the browser's network layer reports that there is one, and nothing else. In Chromium, DevTools' log has the messages of a dedicated worker's
  WebSocket, but not how it ended: of such a loss only a Close message, the silence before it and the next try tell something. In Firefox, if you switch that on in the
  settings, connections of dedicated and shared workers are recorded as a page's, for workers that start while a panel is open.
`;
  return format(text, { parser: "markdown", printWidth: 110 });
}

async function main(): Promise<void> {
  const written = await causesPage();
  const before = await readFile(file, "utf8").catch(() => "");
  if (before !== written) await writeFile(file, written);
  console.log(before === written ? "docs/causes.md is up to date" : "docs/causes.md was written");
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
