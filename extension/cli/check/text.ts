/** The result of `hubscope check` for the terminal. */
import { SEVERITIES, type Severity } from "../../core/diagnosis/findings/finding.ts";
import { FINDINGS } from "../../core/diagnosis/findings/registry.ts";
import { summarize } from "../../core/scenarios/scorecard.ts";
import { counted } from "../../core/text/format.ts";
import { WHERE_WORD } from "../../wording/finding-words.ts";
import { plain, type Style } from "../terminal.ts";
import type { CheckedFile } from "./checked.ts";
import { severityOf } from "./levels.ts";

const COLOUR = { high: "red", medium: "yellow", low: "cyan" } as const satisfies Record<Severity, string>;

export function textOf(file: CheckedFile, style: Style): string {
  const { name, found, gone, scenarios } = file;
  const bad = scenarios.filter((one) => severityOf(one) !== null);
  const lines = [style("bold", plain(name)), `  ${sayOf(file)}`];
  for (const { id, url, answer } of found) {
    lines.push(
      "",
      `  ${style(COLOUR[answer.severity], answer.severity.padEnd(6))}  ${FINDINGS[id].title}  ${style("dim", `${id}, ${plain(url)}`)}`,
    );
    lines.push(`          ${plain(answer.say)}`);
    for (const { where, text } of answer.changes)
      lines.push(`          ${WHERE_WORD[where]}: ${plain(text)}`);
  }
  for (const { scenario, title, verdict, why, expectations } of bad) {
    lines.push(
      "",
      `  ${style(verdict === "warn" ? "yellow" : "red", verdict.padEnd(6))}  ${plain(title)}  ${style("dim", `scenario ${plain(scenario)}`)}`,
    );
    if (why !== null) lines.push(`          ${plain(why)}`);
    for (const one of expectations)
      if (one.verdict !== "pass") lines.push(`          ${plain(one.title)}: ${plain(one.say)}`);
  }
  if (gone.size > 0)
    lines.push("", `  ${counted(gone.size, "finding")} gone since the scenario that shows the fix was run.`);
  return `${lines.join("\n")}\n`;
}

function sayOf({ found, scenarios }: CheckedFile): string {
  const counts = SEVERITIES.map((severity) => [
    found.filter(({ answer }) => answer.severity === severity).length,
    severity,
  ]).flatMap(([count, severity]) => (count === 0 ? [] : [`${count} ${severity}`]));
  const findings =
    found.length === 0 ? "No findings." : `${counted(found.length, "finding")}: ${counts.join(", ")}.`;
  return scenarios.length === 0 ? findings : `${findings} ${plain(summarize(scenarios).say)}`;
}
