/** Recordings of real breaks (test/fixtures/causes), as findings see them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { resultOf } from "../../../../extension/core/diagnosis/findings/find.ts";
import type { Answer, Found } from "../../../../extension/core/diagnosis/findings/finding.ts";
import { historiesOf } from "../../../../extension/core/diagnosis/findings/hub-history.ts";
import type { FindingId } from "../../../../extension/core/diagnosis/findings/registry.ts";
import { createReducer } from "../../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../../extension/core/model/types.ts";
import { readRecordingFile } from "../../../../extension/core/recording/recording-file.ts";
import { fixtureFolder, type CauseFixture } from "../../../causes/fixture.ts";

function modelOf(file: string): RecordingModel {
  const text = readFileSync(path.join(fixtureFolder, `${file}.json`), "utf8");
  const result = readRecordingFile(JSON.stringify((JSON.parse(text) as CauseFixture).recording));
  if (!result.ok) throw new Error(result.problem);
  const reducer = createReducer();
  for (const { page, events } of result.file.pages) reducer.apply(page, events);
  return reducer.model;
}

/** Of its first hub. */
export function realAnswer(id: FindingId, file: string): Answer {
  const model = modelOf(file);
  const [history] = historiesOf(model, model.to);
  if (!history) throw new Error("no hub");
  const { answer } = resultOf(id, history);
  if (answer.answer === "error") throw new Error(answer.say);
  return answer;
}

export function realFound(id: FindingId, file: string): Found {
  const given = realAnswer(id, file);
  expect(given).toMatchObject({ answer: "found" });
  const found = given as Found;
  expect(found.moments.length).toBeGreaterThan(0);
  expect(found.changes.length).toBeGreaterThan(0);
  return found;
}
