import { describe, expect, it } from "vitest";
import { availabilityOf } from "../../../extension/core/model/availability.ts";
import { textReport } from "../../../extension/report/text-report.ts";
import type { EventScript } from "../core/event-script.ts";
import { script, URL_OF_HUB } from "../core/event-script.ts";
import { facts } from "./recordings.ts";

const found = (state: "Connecting" | "Reconnecting"): EventScript => {
  const all = script().at(0).page();
  const [page] = all.events;
  if (page?.kind === "page") all.events.splice(0, 1, { ...page, midway: true });
  return all.add({
    ...{ kind: "hub", hub: 1, url: URL_OF_HUB, serverTimeout: 30_000, keepAliveInterval: 15_000 },
    ...{ hasReconnectPolicy: true, state },
  });
};

describe("a recording that begins in the middle", () => {
  it("counts the time of a reconnect that it begins in", () => {
    const model = found("Reconnecting")
      .at(2_000)
      .negotiate(2, "id-2")
      .socket(2, 2)
      .state("Reconnecting", "Connected", "id-2")
      .at(10_000)
      .add({ kind: "still-open" })
      .reduce();
    expect(availabilityOf(model)).toMatchObject({ down: 2_000, up: 8_000, outages: 1 });
    const text = textReport(facts(model));
    expect(text).toContain("2 s without a connection; availability 80 %.");
    expect(text).toContain("The recording begins while /hubs/board is reconnecting.");
    expect(text).not.toContain("all the time");
  });

  it("counts it until its end where it isn't over, and says so", () => {
    const model = found("Reconnecting").at(5_000).add({ kind: "still-open" }).reduce();
    expect(availabilityOf(model)).toMatchObject({ down: 5_000, up: 0 });
    expect(textReport(facts(model))).toContain("0 interruptions, not over at the end of the recording.");
  });

  it("doesn't count it after a stop by the app", () => {
    const all = found("Reconnecting").at(3_000).state("Reconnecting", "Disconnecting");
    all.state("Disconnecting", "Disconnected").at(9_000).add({ kind: "still-open" });
    expect(availabilityOf(all.reduce())).toMatchObject({ down: 3_000 });
  });

  it("doesn't say that a connection was there all the time which was connecting when it began", () => {
    const all = found("Connecting").at(1_000).negotiate(2, "id-2").socket(2, 2);
    const model = all.state("Connecting", "Connected", "id-2").at(9_000).add({ kind: "still-open" }).reduce();
    const text = textReport(facts(model));
    expect(text).toContain("No time without a connection was recorded.");
    expect(text).toContain("The recording begins while /hubs/board is connecting.");
    expect(text).not.toContain("all the time");
  });

  it("doesn't say so where the socket has closed and the client has told nothing", () => {
    const all = script().connected().at(3_000).closed(1).at(9_000).add({ kind: "still-open" });
    const text = textReport(facts(all.reduce()));
    expect(text).toContain(
      "The transport of /hubs/board has closed, and nothing more was heard of the client.",
    );
    expect(text).not.toContain("all the time");
  });
});
