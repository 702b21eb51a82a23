/** Generates docs/faults.md from the outlines and details of the faults. */
import { LONGEST_DELAY, LONGEST_FAULT } from "./limits.ts";
import type { FaultGroup, FaultDetails, FaultScope } from "./fault-details.ts";
import type { Parameter } from "./parameter.ts";
import { grouped } from "./problem.ts";
import { FAULT_DETAILS, FAULTS, type FaultName } from "./vocabulary.ts";

const GROUPS: Readonly<Record<FaultGroup, string>> = {
  "Connection loss": "A connection is lost or stops transferring data.",
  Rejections: "New requests and connections fail.",
  "Slow network": "Everything works, but slower.",
  Messages: "The connection stays open; messages are lost or repeated.",
  Tab: "What browsers do to a page.",
  Server: "How servers close connections.",
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

The faults that Hubscope can inject into a page: what each one simulates, and its known limitations. This page is generated from
\`extension/core/faults\`; a test checks that it is up to date.

No fault touches the server or needs a proxy. _Emulated_ means that Hubscope simulates the fault in the page; _real_ means that the
browser does it. A lasting fault can be undone, and ends when the panel closes. All times are in milliseconds. Directions are from
the page's point of view: \`in\` is server to client.

The limitations are measured. \`npm run fidelity\` causes the real event in one page and injects the fault into another with the
same client, in Chromium and Firefox. Real events are: an ASP.NET Core server that is killed or rejects requests, a TCP proxy that
cuts, goes silent or is slow, and in Chromium a frozen tab. Then it compares:

- what the app's callbacks received, in order
- what the server logged
- which connection id followed
- what the page went through

A difference that isn't listed with the fault fails that run, and so does a listed and measured one that no longer exists. Dropped
and duplicated messages have no real counterpart, as TCP does neither.

A fault targets the whole page, all connections to one hub (by its URL without a query), one connection (by its socket), or a share
of the connections with a seed: the same seed selects the same connections.
`;

function section(name: FaultName): string {
  const { title, emulated, lasting } = FAULTS[name];
  const { description, appSees, serverSees, scopes, parameters, realism, only }: FaultDetails =
    FAULT_DETAILS[name];
  const nature = [
    emulated ? "emulated" : "real",
    lasting ? "lasting" : "immediate",
    ...(only === undefined ? [] : [only === "Chromium" ? "Chromium only" : "WebSockets only"]),
  ];
  const given = Object.entries(parameters).map(
    ([key, parameter]) =>
      `- Parameter \`${key}\` (${parameter.label.toLowerCase()}): ${valueInWords(parameter)}${parameter.optional === undefined ? "" : `; if omitted: ${parameter.optional}`}.`,
  );
  return `### ${title}

\`${name}\`: ${nature.join(", ")}. ${description}

- The app sees: ${appSees}.
- The server sees: ${serverSees}.
- Targets: ${scopes.map((scope) => SCOPES[scope]).join(", ")}.
- Simulates: ${realism.simulates}
${[...realism.limitations.map((one) => `- Limitation: ${one}`), ...given].join("\n")}
`;
}

/** What a value may be. */
export function valueInWords(parameter: Parameter): string {
  switch (parameter.kind) {
    case "duration":
      return `ms above 0, at most ${grouped(parameter.max ?? LONGEST_FAULT)}`;
    case "delay":
      return `ms, 0 to ${grouped(LONGEST_DELAY)}`;
    case "direction":
      return "both, in, out";
    case "whole":
      return `${parameter.unit === undefined ? "" : `${parameter.unit}, `}${grouped(parameter.min)} to ${grouped(parameter.max)}`;
    case "probability":
      return "0 to 1";
    case "choice":
      return parameter.of.map(({ value }) => value).join(", ");
    case "close-code":
      return "1000 to 1003, 1005 to 1015, 3000 to 4999";
    case "flag":
      return "true, false";
    case "text":
      return `at most ${grouped(parameter.max)} ${parameter.counted}`;
    case "message-types":
      return "a list of 1 to 9";
  }
}
