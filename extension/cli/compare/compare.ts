/** `hubscope compare`: what is better and what is worse in the second of two recordings. */
import { createReducer } from "../../core/model/reducer.ts";
import { withoutPayload } from "../../core/events/payload.ts";
import { LOCAL } from "../../core/text/format.ts";
import { comparisonText } from "../../report/comparison-text.ts";
import { compareRecordings, type RecordingComparison } from "../../report/facts/comparison.ts";
import { factsOf, type ReportFacts } from "../../report/facts/report-facts.ts";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { jsonFor, plain, write } from "../terminal.ts";
import { withFile, type OpenedFile } from "../files/open-file.ts";

export interface CompareOptions {
  readonly json?: boolean;
  readonly failOnWorse?: boolean;
}

export async function compare(
  [first, second]: readonly [string, string],
  { json = false, failOnWorse = false }: CompareOptions,
  context: Context,
): Promise<ExitCode> {
  const missing: string[] = [];
  const readFile = (name: string): Promise<ReportFacts> =>
    withFile(name, context, (file) => {
      missing.push(...file.recording.warnings.map((warning) => `  ${plain(file.name)}: ${plain(warning)}`));
      return read(file, context);
    });
  const before = await readFile(first);
  const after = await readFile(second);
  const comparison = compareRecordings(before, after);
  await write(
    context.stdout,
    json
      ? jsonFor(context.stdout, comparison)
      : [
          comparisonText(comparison, before, after),
          ...(missing.length > 0 ? ["", "Not everything could be compared", ...missing] : []),
          "",
        ].join("\n"),
  );
  return failOnWorse && isWorse(comparison) ? EXIT.found : EXIT.ok;
}

async function read({ recording }: OpenedFile, { version, now }: Context): Promise<ReportFacts> {
  const reducer = createReducer();
  for await (const { page, events } of recording.read()) reducer.apply(page.page, events.map(withoutPayload));
  const about = { hubscope: version, exportedAt: now(), zone: LOCAL, scorecard: recording.scorecard() };
  return factsOf(reducer.model, about);
}

/** A figure or a scenario is worse, or a finding is new. */
const isWorse = ({ figures, findings, scenarios }: RecordingComparison): boolean =>
  figures.some(({ change }) => change === "worse") ||
  findings.some(({ change }) => change === "new") ||
  (scenarios?.worse ?? 0) > 0;
