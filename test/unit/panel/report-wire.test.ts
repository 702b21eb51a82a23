import { describe, expect, it } from "vitest";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { wireRecording } from "../../../panel/fixture/wire.ts";

const reducer = createReducer();
reducer.apply("page", wireRecording(Date.UTC(2026, 10, 24, 10, 0, 0)));
const report = writeHtmlReport(reducer.model, { hubscope: "0.1.0", style: "", exportedAt: 0 });
/** The visible text: without markup, and with single spaces. */
const text = report
  .replaceAll(/<style>[^]*?<\/style>|<svg[^]*?<\/svg>/g, "")
  .replaceAll(/<[^>]+>/g, " ")
  .replaceAll("&#39;", "'")
  .replaceAll(/\s+/g, " ");

describe("the report on every transport and protocol", () => {
  it.each([
    ["a fallback", "WebSocket 140 ms 502 upgrade rejected with 502, code 1006, Retry-After 30 s"],
    ["the transport that failed without a word", "Event stream 340 ms failed the browser gives no reason"],
    ["that a fallback is no attempt", "connected in 850 ms, after fallback"],
    ["a failed request", "1, the last POST 413 at 10:00:20.400: Payload Too Large"],
    ["who serves a hub", "Azure, default mode: board.service.signalr.net"],
    ["the redirect", "Negotiate 80 ms redirected to board.service.signalr.net"],
    ["throttling", "429 Too many requests, Retry-After 7 s ignored by the client"],
    ["a skipped negotiate", "skipped (skipNegotiation)"],
    ["a ghost", "opened with the old id, never used or closed by the client"],
    ["what a resume sent again", "resumed with the same id, invisible to the app 2, 1 2, 1"],
    ["why a new id came", "when the window of 15 s was over: the server had removed the connection"],
    ["what the app saw", "Client callbacks"],
    ["a connection in a worker", "In a worker wss://board.example/hubs/background"],
    [
      "another product",
      "ASP.NET SignalR 2.x, protocol 2.1 https://board.example/signalr/negotiate Not supported",
    ],
  ])("describes %s", (_, words) => {
    expect(text).toContain(words);
  });

  it("draws transports that never opened and failed attempts differently from connections", () => {
    expect(report.match(/class="ghost"/g)).toHaveLength(1);
    expect(report.match(/class="tried"/g)).toHaveLength(5);
  });
});
