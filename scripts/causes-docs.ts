/**
 * `npm run docs:causes`: writes docs/causes.md from the code: every cause and obstacle with what it rests on, what would help,
 * where to read on, and how the tests provoke it for real. A test fails while the file says something else.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "prettier";
import { adviceAgainst, adviceForCause } from "../extension/core/diagnosis/advice.ts";
import { CAUSE_RESTS_ON, OBSTACLE_RESTS_ON } from "../extension/core/diagnosis/rationale.ts";
import { CAUSE_TITLE, KNOWN_FROM, OBSTACLE_TITLE } from "../extension/core/diagnosis/titles.ts";
import type { Knowledge } from "../extension/core/model/types.ts";
import type { CauseName, ObstacleName } from "../extension/core/diagnosis/verdict.ts";
import { PROVOCATIONS } from "../test/causes/provocations.ts";
import { projectRoot } from "./paths.ts";

const file = path.join(projectRoot, "docs", "causes.md");
const keys = <K extends string>(record: Readonly<Record<K, unknown>>): K[] => Object.keys(record) as K[];

/** Whatever it was said of, in either browser, with the client probe or without. */
function provokedAs(name: string): string {
  const own = PROVOCATIONS.filter(({ expected, expectedOnWire, expectedIn }) =>
    [expected, expectedOnWire ?? [], ...Object.values(expectedIn ?? {})].flat().includes(name),
  );
  return own.length === 0 ? "–" : own.map((one) => one.name).join("; ");
}

/** Of a cause: as a loss, or as what keeps a start from coming up. What a page that is left is called differs. */
const ofCause = (name: CauseName): string =>
  [name, name === "page-left" ? "page left" : `start: ${name}`]
    .map(provokedAs)
    .filter((text, i, all) => text !== "–" && all.indexOf(text) === i)
    .join("; ") || "–";

const ofObstacle = (name: ObstacleName): string =>
  [`start: ${name}`, `abrupt-loss, then ${name}`]
    .map(provokedAs)
    .filter((text) => text !== "–")
    .join("; ") || "–";

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const row = (...cells: string[]): string => `| ${cells.map(cell).join(" | ")} |`;
const link = (to: string | null): string => (to === null ? "" : ` [Read on](${to})`);

function causeRow(name: CauseName): string {
  const advice = adviceForCause(name);
  return row(
    `\`${name}\``,
    CAUSE_TITLE[name],
    CAUSE_RESTS_ON[name],
    advice === null ? "–" : `${advice.text}${link(advice.link)}`,
    ofCause(name),
  );
}

function obstacleRow(name: ObstacleName): string {
  const advice = adviceAgainst({ name, title: "", retryAfter: null });
  return row(
    `\`${name}\``,
    OBSTACLE_TITLE[name],
    OBSTACLE_RESTS_ON[name],
    `${advice.text}${link(advice.link)}`,
    ofObstacle(name),
  );
}

const KNOWLEDGE: Readonly<Record<Knowledge, string>> = {
  client: "what the page's own HubConnection says (the client probe)",
  wire: "what was seen on sockets and requests; may be inferred",
  page: "the browser's own events: visibility, freezing, offline, leaving",
  network: "what the browser's network tells the extension past the page",
};

export function causesPage(): Promise<string> {
  const text = `<!-- Written by \`npm run docs:causes\` from extension/core/diagnosis. Don't change it here. -->

# Causes

Every interruption and every start that failed has a verdict. It names a **cause**, how sure that is (high, medium, low),
the **evidence** in order of time, what was **ruled out**, **what the app saw** (its callbacks and promises), what kept the
connection from coming back (an **obstacle**), what would help, and where to read on. \`unknown\` is a proper answer.

Each statement says from where it is known:

| known from | what that is |
| --- | --- |
${keys(KNOWLEDGE)
  .map((one) => row(KNOWN_FROM[one], KNOWLEDGE[one]))
  .join("\n")}

What the client itself says outranks what is inferred. The rules are tried in order, and the first that finds something
decides: injected, Close message, closed by the client, page left, frozen, offline, asleep, answers over HTTP, a close code
that says why, what the next tries met (also those of connections that were lost in the same moment), idle, age, a clean
close, size of the last message, and what is left. *Ruled out* is only what was looked for and could have been seen.

The last column names the entries of \`test/causes\` that provoke it for real, with ASP.NET Core's own server, a TCP proxy,
nginx, haproxy and a browser (\`npm run causes\`). "–": there are unit tests only.

## Why a connection was lost

| cause | is said as | rests on | what would help | provoked by |
| --- | --- | --- | --- | --- |
${keys(CAUSE_TITLE).map(causeRow).join("\n")}

## What keeps a connection from coming up

Chromium tells nobody the status of a refused WebSocket upgrade; there such an obstacle is \`transport-failed\`. Firefox tells
the extension, and the panel says "${KNOWN_FROM.network}".

| obstacle | is said as | rests on | what would help | provoked by |
| --- | --- | --- | --- | --- |
${keys(OBSTACLE_TITLE).map(obstacleRow).join("\n")}

## What no page can see

- Whether a TCP reset, a FIN or a proxy ended a socket: all of them are close code 1006.
- A stop() of the app while the client waits for its next try, without the client probe.
- A WebSocket that a client without a negotiate tried in vain.
- Whether a socket that ended in order in Firefox was ended by the other end or by the browser itself.
- A computer's sleep during which the browser's clock stood still, too.
- Connections inside workers: that there is one is told by the browser's network, and nothing else.
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
