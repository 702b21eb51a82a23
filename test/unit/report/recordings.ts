/** Recordings for tests of reports. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { factsOf, type ReportFacts } from "../../../extension/report/facts/report-facts.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { START, script, type EventScript } from "../core/event-script.ts";

/**
 * Of a list sorted by name. Nearly all were recorded in both browsers, and for what is tested here the two differ little: once that of Chromium is taken, once
 * that of Firefox.
 */
export const ofEitherBrowser = (_file: string, i: number): boolean => i % 4 === 0 || i % 4 === 3;

const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures");

/** Half of the kept recordings of real breaks and real apps, by name, and a function that reads each. */
export const KEPT = ["causes", "findings"].flatMap((folder) =>
  readdirSync(path.join(FIXTURES, folder))
    .filter((file) => file.endsWith(".json"))
    .filter(ofEitherBrowser)
    .map((file) => [`${folder}/${file}`, () => kept(path.join(FIXTURES, folder, file))] as const),
);

function kept(file: string): RecordingModel {
  const { recording } = JSON.parse(readFileSync(file, "utf8")) as { recording: unknown };
  const read = readRecordingFile(JSON.stringify(recording));
  if (!read.ok) throw new Error(read.problem);
  return modelOf(...read.file.pages.map(({ events }) => events));
}

/** Of several pages. */
export function modelOf(...pages: readonly (readonly RecordedEvent[])[]): RecordingModel {
  const reducer = createReducer();
  for (const [i, events] of pages.entries()) reducer.apply(`p${i}`, events);
  return reducer.model;
}

export const HOUR = 3_600_000;
export const facts = (model: RecordingModel, zone = (): number => HOUR): ReportFacts =>
  factsOf(model, { hubscope: "1.2.3", exportedAt: START, zone });

/** One connection that is lost every ten seconds, for two seconds. */
export function lost(times: number): EventScript {
  const all = script().connected();
  for (let n = 1; n <= times; n++) {
    const at = n * 10_000;
    all
      .at(at - 100)
      .message({ socket: n, direction: "out", type: 1, target: "Save", invocationId: String(n) });
    all.at(at).closed(n).add({ kind: "hub-lost", hub: 1, error: "WebSocket closed with status code: 1006." });
    all.state("Connected", "Reconnecting");
    all
      .at(at + 2_000)
      .negotiate(n + 1, `id-${n + 1}`)
      .socket(n + 1, n + 1);
    all.state("Reconnecting", "Connected", `id-${n + 1}`);
  }
  return all.at(times * 10_000 + 5_000).add({ kind: "still-open" });
}

/** What a page or a server could write to become markup, to notify people, or to look like something else. */
export const HOSTILE =
  "</pre></details><script>alert(1)</script><img src=x onerror=alert(1)>|a|b\\|c`x``y```z @octocat #123 GH-12 octo/repo#1 [link](http://evil.example) ![i](//evil.example/i.png) https://evil.example www.evil.example a@evil.example :tada: **bold** _em_ ~~del~~ $x$ &lt;b&gt; &#60;i&#62; \u202egpj.exe\u0000\u2066";

/** Every text of a connection that is lost once is hostile, and of any length. */
export function hostile(text = HOSTILE): EventScript {
  const all = script().connected();
  const events = all.at(900).message({ socket: 1, direction: "in", type: 1, target: text }).events;
  const renamed = events.map((event) =>
    event.kind === "page" ? { ...event, url: `https://board.example/${text}`, userAgent: text } : event,
  );
  all.events.splice(0, all.events.length, ...renamed);
  all.message({ socket: 1, direction: "out", type: 1, target: text, invocationId: text });
  all
    .at(1_000)
    .message({ socket: 1, direction: "in", type: 7, allowReconnect: true, error: text })
    .closed(1)
    .add({ kind: "hub-lost", hub: 1, error: text })
    .state("Connected", "Reconnecting");
  all.at(2_000).negotiateFails(2, 503, text);
  all.at(4_000).negotiate(3, text).socket(3, 3);
  all.add({
    kind: "upgrade",
    socket: 3,
    status: 101,
    headers: [`x-request-id: ${text}`, `server: ${text}`],
  });
  return all.state("Reconnecting", "Connected", text);
}
