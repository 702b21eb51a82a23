/** What hub connections are called: one function for panel, report and evidence. */
import { expect, it } from "vitest";
import { hubName } from "../../../extension/core/model/hub-name.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { summarise } from "../../../panel/content/summary.ts";
import { script, START, type EventScript } from "./event-script.ts";

const names = (events: EventScript): string[] => events.reduce().hubs.map(hubName);
const two = (): EventScript => script().at(0).page().hub(1).at(10).hub(2);

it("are told apart by a number, in the order in which the page has them, if there is more than one to a hub", () => {
  expect(names(script().connected())).toEqual(["/hubs/board"]);
  expect(names(two())).toEqual(["/hubs/board #1", "/hubs/board #2"]);
  const other = two().add({
    kind: "hub",
    hub: 3,
    url: "https://board.example/hubs/chat",
    serverTimeout: 30_000,
    keepAliveInterval: 15_000,
    hasReconnectPolicy: true,
  });
  expect(names(other)).toEqual(["/hubs/board #1", "/hubs/board #2", "/hubs/chat"]);
});

it("have no number on a page with one, whatever other pages have, and the path of their frame or worker", () => {
  const reducer = createReducer();
  const [page, ...rest] = script().at(0).page().hub().events;
  reducer.apply("p", [page!, ...rest]);
  const framed = { ...page!, top: false, url: "https://board.example/widget?x=1" } as typeof page;
  reducer.apply("f", [framed!, ...rest]);
  const working = { ...framed, worker: "shared", url: "https://board.example/chat.js" } as typeof page;
  reducer.apply("w", [working!, ...rest]);
  expect(reducer.model.hubs.map(hubName)).toEqual([
    "/hubs/board",
    "/hubs/board (frame /widget)",
    "/hubs/board (worker /chat.js)",
  ]);
});

it("are the same in the summary and everywhere in the report", () => {
  const events = two().state("Disconnected", "Connecting", undefined, 2).at(100).negotiateFails(1, 503);
  const model = events.state("Connecting", "Disconnected", undefined, 2).reduce();
  expect(summarise(model).hubs.map(({ name }) => name)).toEqual(["/hubs/board #1", "/hubs/board #2"]);
  const report = writeHtmlReport(model, { hubscope: "1", style: "", exportedAt: START });
  // Addresses aren't names.
  expect(report).not.toMatch(/(?<!example)\/hubs\/board(?! #)/);
  expect(report.match(/\/hubs\/board #2/g)!.length).toBeGreaterThan(3);
});
