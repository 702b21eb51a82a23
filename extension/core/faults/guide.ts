/** docs/faults.md, from what the faults say of themselves. */
import { LONGEST_DELAY, LONGEST_FAULT } from "./limits.ts";
import type { FaultGroup, FaultDetails, FaultScope } from "./fault-details.ts";
import type { Parameter } from "./parameter.ts";
import { grouped } from "./problem.ts";
import { FAULT_DETAILS, FAULTS, type FaultName } from "./vocabulary.ts";

const GROUPS: Readonly<Record<FaultGroup, string>> = {
  "Connection loss": "A connection ends, or goes silent.",
  Rejections: "What begins is refused.",
  "Slow network": "Everything works, and takes longer.",
  Messages: "The connection stays, and messages suffer.",
  Tab: "What browsers do to a page.",
  Server: "What servers say when they leave.",
};

const SCOPES: Readonly<Record<FaultScope, string>> = {
  page: "the page",
  hub: "a hub",
  connection: "one connection",
  share: "a share of the connections",
};

export function faultGuide(): string {
  const names = Object.keys(FAULT_DETAILS) as FaultName[];
  const groups = (Object.keys(GROUPS) as FaultGroup[]).map((group) => {
    const own = names.filter((name) => FAULTS[name].group === group);
    return `## ${group}\n\n${GROUPS[group]}\n\n${own.map(section).join("\n")}`;
  });
  return `${INTRODUCTION}\n${groups.join("\n")}`;
}

const INTRODUCTION = `# The faults

What Hubscope can do to a page on purpose, what it simulates, and how it differs from the real thing. This page is written from
\`extension/core/faults\`; a test sees to it that it is up to date.

Nothing here touches the server or needs a proxy. _Emulated_ means that the page is made to believe it; _real_ that the browser does
it. A fault that lasts can be undone, and ends by itself when the panel closes. Every time is in milliseconds; directions are the
page's: \`in\` is server to client.

How they differ was measured, and is again by \`npm run fidelity\`: in Chromium and Firefox it does the real thing (an ASP.NET Core
server killed or told to refuse, a TCP proxy that cuts, falls silent or is slow, in Chromium a tab that is frozen) to one page and the fault to
another with the same client, and compares what the app's callbacks were told, in order, what the server logged, which connection id
followed and what the page went through. Whatever differs and isn't listed with the fault fails that run, and so does what is listed
as measured and doesn't differ any more. Dropped and doubled messages have nothing real to be compared with, as TCP does neither.

A fault is aimed at the whole page, at every connection to one hub (by its address without a query), at one connection (by its socket),
or at a seeded share of the connections: the same seed finds the same ones again.
`;

function section(name: FaultName): string {
  const { title, emulated, lasting } = FAULTS[name];
  const { description, appSees, serverSees, scopes, parameters, realism, only }: FaultDetails =
    FAULT_DETAILS[name];
  const nature = [
    emulated ? "emulated" : "real",
    lasting ? "lasts" : "happens at once",
    ...(only === undefined ? [] : [only === "Chromium" ? "Chromium only" : "WebSockets only"]),
  ];
  const given = Object.entries(parameters).map(
    ([key, parameter]) =>
      `- Parameter \`${key}\` (${parameter.label.toLowerCase()}): ${valueInWords(parameter)}${parameter.optional === undefined ? "" : `; left out: ${parameter.optional}`}.`,
  );
  return `### ${title}

\`${name}\`: ${nature.join(", ")}. ${description}

- The app sees: ${appSees}.
- The server sees: ${serverSees}.
- Aimed at: ${scopes.map((scope) => SCOPES[scope]).join(", ")}.
- Simulates: ${realism.simulates}
${[...realism.limitations.map((one) => `- Limitation: ${one}`), ...given].join("\n")}
`;
}

function valueInWords(parameter: Parameter): string {
  switch (parameter.kind) {
    case "duration":
      return `ms above 0, at most ${grouped(parameter.most ?? LONGEST_FAULT)}`;
    case "delay":
      return `ms, 0 to ${grouped(LONGEST_DELAY)}`;
    case "direction":
      return "both, in, out";
    case "whole":
      return `${parameter.unit === undefined ? "" : `${parameter.unit}, `}${grouped(parameter.least)} to ${grouped(parameter.most)}`;
    case "probability":
      return "0 to 1";
    case "choice":
      return parameter.of.map(({ value }) => value).join(", ");
    case "close-code":
      return "1000 to 1003, 1005 to 1015, 3000 to 4999";
    case "flag":
      return "true, false";
    case "text":
      return `at most ${grouped(parameter.most)} ${parameter.counted}`;
    case "message-types":
      return "a list of 1 to 9";
  }
}
