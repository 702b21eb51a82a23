import { expect, it } from "vitest";
import { duplicatesOf } from "../../../extension/core/model/duplicates.ts";
import { script, START } from "./event-script.ts";

const second = (at: number) =>
  script()
    .connected()
    .at(at)
    .hub(2)
    .state("Disconnected", "Connecting", undefined, 2)
    .negotiate(2, "id-2")
    .socket(2, 2)
    .state("Connecting", "Connected", "id-2", 2);

it("two connections that are open together are two lanes, and duplicates of each other", () => {
  const { hubs } = second(5_000).reduce();
  expect(hubs).toHaveLength(2);
  const [one, two] = hubs;
  expect(duplicatesOf(one!, hubs, START + 60_000)).toEqual([two]);
  expect(duplicatesOf(two!, hubs, START + 60_000)).toEqual([one]);
});

it("a change from one connection to the next isn't a duplicate", () => {
  const events = second(5_000);
  events.at(5_500).state("Connected", "Disconnecting").closed(1, 1000).state("Disconnecting", "Disconnected");
  const { hubs } = events.reduce();
  expect(duplicatesOf(hubs[0]!, hubs, START + 60_000)).toEqual([]);
});

it("a lost connection and the new one for it are one lane, not duplicates", () => {
  const events = script().connected().at(4_000).closed(1).state("Connected", "Disconnected").at(5_000);
  events.hub(2).state("Disconnected", "Connecting", undefined, 2).negotiate(2, "id-2").socket(2, 2);
  const { hubs } = events.state("Connecting", "Connected", "id-2", 2).reduce();
  expect(hubs).toHaveLength(1);
  expect(duplicatesOf(hubs[0]!, hubs, START + 60_000)).toEqual([]);
});
