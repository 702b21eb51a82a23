/**
 * `npm run docs:findings`: writes docs/findings.md from the code: every finding with its conditions, why it matters, where to read
 * on, and the scenario that shows whether a change helped. A test fails if the file is out of date.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "prettier";
import { FINDING_IDS, FINDINGS, type FindingId } from "../extension/core/diagnosis/findings/registry.ts";
import { BUILT_IN_SCENARIOS } from "../extension/core/scenarios/built-ins.ts";
import { GROUP_WORD, GROUPS } from "../extension/wording/finding-words.ts";
import { projectRoot } from "./paths.ts";

const file = path.join(projectRoot, "docs", "findings.md");

const scenarioTitle = (name: string | null): string =>
  BUILT_IN_SCENARIOS.find((one) => one.name === name)?.title ?? "none";

function section(id: FindingId): string {
  const { title, subject, when, why, link, scenario } = FINDINGS[id];
  return `### \`${id}\`

**${title}**

- Looks at: ${subject}
- Found when: ${when}.
- Why it matters: ${why} [Learn more](${link})
- Scenario that shows whether a change helped: ${scenarioTitle(scenario)}
`;
}

export function findingsPage(): Promise<string> {
  const text = `<!-- Written by \`npm run docs:findings\` from extension/core/diagnosis/findings. Don't change it here. -->

# Findings

[Microsoft's guidance](https://learn.microsoft.com/azure/azure-signalr/signalr-concept-client-disconnections) is to expect
disconnections and to design for them. Hubscope holds a recording against that guidance, and against what the documentation of ASP.NET
Core SignalR and Azure SignalR Service says about retries, state, timing and hosting. Nothing is asked of the app or of a server: only the
recording counts.

![The Findings tab: the worst first; the selected one with its figures, its evidence, why it matters, and what to change](findings-chromium-light.png)

A finding has these parts:

- a **severity**. High: users lose work or stay disconnected. Medium: they notice, or the servers do. Low: it could be better
- one sentence with this app's own **figures**
- the **evidence**: moments that link to the timeline, where they have flags
- **why it matters**, with a link to the documentation
- **what to change**: in the client, on the server, in Azure or in a proxy, with a snippet that has this app's own values

Each check is made for each hub. It can also answer:

- **OK**: it was looked for, and the app does it right; or nothing speaks against it so far, which proves nothing about a change
- **Can't tell**: the recording doesn't show it, with the reason. Most often no connection was lost yet: run the scenarios
- **Not applicable**: the point doesn't apply to this app, with the reason
- **Check failed**: a mistake of Hubscope. The other checks go on

What Hubscope's own faults broke counts for what the app did about it, and never against the network, the server or the hosting.
A finding can be marked as done, or ignored on a site. One that is done comes back if it is found again later. After the page was
loaded again (that is another recording), or the scenario of a finding was run, Hubscope says whether the finding is gone or still there.

Findings are rules, with thresholds, and what they infer is called inferred. \`npm run findings\` runs small real apps against ASP.NET
Core in a real browser, some with a mistake, some healthy, and fails if a mistake isn't found or a healthy app has a finding.

${GROUPS.map(
  (group) => `## ${GROUP_WORD[group]}

${FINDING_IDS.filter((id) => FINDINGS[id].group === group)
  .map(section)
  .join("\n")}`,
).join("\n")}
## What no finding can see

- HTTP requests of the app other than SignalR's own. An app may fetch what it has missed by HTTP: such findings are called inferred.
- What the server does: its options are known only as far as its messages and answers show them.
- Errors that the app catches, where only the client's own log would tell.
- Other clients: whether thousands reconnect at once is simulated, not seen.
`;
  return format(text, { parser: "markdown", printWidth: 110 });
}

async function main(): Promise<void> {
  const written = await findingsPage();
  const before = await readFile(file, "utf8").catch(() => "");
  if (before !== written) await writeFile(file, written);
  console.log(before === written ? "docs/findings.md is up to date" : "docs/findings.md was written");
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
