/** Checks all texts about all sample recordings: they contain no internal names and no meaningless numbers. */
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { adviceAgainst, adviceFor } from "../../../extension/core/diagnosis/advice.ts";
import { downtimesOf } from "../../../extension/core/model/downtimes-of.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { projectRoot } from "../../../scripts/paths.ts";
import { HubIndex } from "../../../panel/timeline/hub-index.ts";
import { missedWords } from "../../../panel/timeline/draw-messages.ts";
import { attemptTag, attemptWords } from "../../../extension/wording/labels.ts";
import { attemptShort, spanWord } from "../../../extension/wording/words.ts";
import { withoutProbe } from "../../causes/classify.ts";
import { fixtureFolder, type CauseFixture } from "../../causes/fixture.ts";
import { script } from "./event-script.ts";

const NEVER =
  /code null|status null|\bnull\b|undefined|\bNaN\b|\bInfinity\b|\[object|(?:≈|\babout) 0 |<html|<body/i;

const cases = path.join(projectRoot, "test", "fixtures", "cases");
const recordings: readonly (readonly [string, string])[] = [
  ...readdirSync(fixtureFolder).map((file) => {
    const text = readFileSync(path.join(fixtureFolder, file), "utf8");
    return [file, JSON.stringify((JSON.parse(text) as CauseFixture).recording)] as const;
  }),
  ...readdirSync(cases)
    .filter((file) => file !== "cases.json")
    .map((file) => [file, readFileSync(path.join(cases, file), "utf8")] as const),
];

function modelOf(text: string, probe: boolean): RecordingModel {
  const result = readRecordingFile(text);
  if (!result.ok) throw new Error(result.problem);
  const reducer = createReducer();
  for (const { page, events } of result.file.pages)
    reducer.apply(page, probe ? events : withoutProbe(events));
  return reducer.model;
}

/** All texts in the order of the panel: lanes, attempts, cards, advice. */
function wordsOf(model: RecordingModel): string[] {
  return model.hubs.flatMap((hub) => {
    const index = new HubIndex();
    index.update(hub);
    return [
      ...hub.states.map((_span, i) => spanWord(hub.states, i)),
      ...hub.attempts.flatMap(({ outcome }) => [
        attemptWords(outcome).text,
        attemptTag(outcome),
        attemptShort(outcome),
      ]),
      ...index.missed.flatMap(missedWords),
      ...downtimesOf(hub).flatMap((one) => {
        const { title, evidence, clientCallbacks, obstacle, ruledOut } = verdictOf(one);
        return [
          title,
          ...[...evidence, ...clientCallbacks].map(({ text }) => text),
          ...ruledOut,
          obstacle?.title ?? "",
          (obstacle && adviceAgainst(obstacle).text) ?? "",
          adviceFor(one)?.text ?? "",
        ];
      }),
    ];
  });
}

/** The visible text of a report, without code to paste. */
const textOf = (report: string): string =>
  report
    .replace(/<style>[\s\S]*?<\/style>|<pre class="patch"[\s\S]*?<\/pre>/g, " ")
    .replace(/<[^>]*>/g, " ")
    // The one advice that means the value.
    .replaceAll("a policy that never returns null", "")
    .replace(/\s+/g, " ");

describe("texts about a recording", () => {
  it.each(recordings)("contain no empty value: %s", (_file, text) => {
    for (const probe of [true, false]) {
      const model = modelOf(text, probe);
      for (const words of wordsOf(model)) expect(words).not.toMatch(NEVER);
      expect(textOf(writeHtmlReport(model, { hubscope: "test", style: "", exportedAt: 0 }))).not.toMatch(
        NEVER,
      );
    }
  });

  it("mention missed messages only if there is at least one, and one in the singular", () => {
    const missed = (every: number, down: number) => {
      const events = script().connected();
      let now = 1_000;
      for (let i = 0; i < 10; i++) events.at((now += every)).message({ socket: 1, direction: "in", type: 1 });
      events
        .at(now)
        .closed(1)
        .state("Connected", "Reconnecting")
        .at(now + down);
      events.negotiate(2, "id-2").socket(2, 2).state("Reconnecting", "Connected", "id-2");
      const hub = events.onlyHub();
      const index = new HubIndex();
      index.update(hub);
      return { estimate: hub.interruptions[0]?.missedEstimate, words: index.missed.flatMap(missedWords) };
    };
    expect(missed(5_000, 100)).toEqual({ estimate: null, words: [] });
    const one = missed(1_000, 1_000);
    expect(one.estimate).toBe(1);
    expect(one.words[0]).toBe("about 1 message missed");
  });
});
