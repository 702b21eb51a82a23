/** What the app's own code does wrong: in the model, and in words. */
import { describe, expect, it } from "vitest";
import { callErrorOf } from "../../../extension/core/diagnosis/call-errors.ts";
import { withoutPayload } from "../../../extension/core/events/payload.ts";
import { mistakesOf, mistakeTag, mistakeWords } from "../../../extension/wording/mistake-words.ts";
import { script } from "./event-script.ts";

const noHandler = { kind: "app-mistake", hub: 1, mistake: "no-handler", target: "tick" } as const;

describe("mistakes", () => {
  it("of one kind and target are added up", () => {
    const events = script()
      .connected()
      .at(1_000)
      .add({ ...noHandler, count: 1 });
    const hub = events
      .at(2_000)
      .add({ ...noHandler, count: 40 }, { ...noHandler, target: "rows", count: 2 })
      .onlyHub();
    expect(hub.mistakes).toMatchObject([
      { target: "tick", count: 41 },
      { target: "rows", count: 2 },
    ]);
    expect(hub.mistakes.map(mistakeWords)).toEqual([
      "tick: received, but no handler is registered, 41 times",
      "rows: received, but no handler is registered, 2 times",
    ]);
  });

  it("numbers of handlers aren't added up: the newest one counts", () => {
    const of = { kind: "app-mistake", hub: 1, mistake: "handlers-doubled", target: "tick" } as const;
    const events = script()
      .connected()
      .add({ ...of, count: 2 }, { ...of, count: 5 });
    expect(events.onlyHub().mistakes.map(mistakeWords)).toEqual([
      "tick: 5 handlers, each message is handled 5 times",
    ]);
  });

  it("are tags on the messages that they concern, whatever the case of their target", () => {
    const hub = script()
      .connected()
      .add({ ...noHandler, count: 1 })
      .onlyHub();
    const tags = (direction: "in" | "out", type: 1 | 3, target: string) =>
      mistakesOf(hub, { direction, type, target }).map(mistakeTag);
    expect(tags("in", 1, "Tick")).toEqual(["no handler"]);
    expect(tags("in", 1, "Rows")).toEqual([]);
    expect(tags("out", 1, "Tick")).toEqual([]);
    expect(tags("in", 3, "Tick")).toEqual([]);
  });

  it("keep no error of a handler where no payloads are wanted: it may hold what a message said", () => {
    const event = { ...noHandler, seq: 1, t: 0, count: 1, error: "no price in EURUSD" };
    expect(withoutPayload(event)).toEqual({ ...noHandler, seq: 1, t: 0, count: 1 });
  });
});

describe("the server's error of a call", () => {
  it.each([
    [
      "Failed to invoke 'Sya' due to an error on the server. HubException: Method does not exist.",
      "no method",
    ],
    [
      "Failed to invoke 'Say' due to an error on the server. InvalidDataException: Invocation provides 1 argument(s) but target expects 2.",
      "Wrong number of arguments: 1 instead of 2",
    ],
    [
      "Failed to invoke 'Say' due to an error on the server. InvalidDataException: Error binding arguments. Make sure that the types of the provided values match the types of the hub method being invoked.",
      "don't fit",
    ],
    ["Failed to invoke 'Say' because user is unauthorized", "may not call"],
    ["Failed to invoke 'Say' due to an error on the server.", "don't fit"],
    ["An unexpected error occurred invoking 'Say' on the server.", "An exception in the hub method"],
  ])("%s", (error, text) => {
    expect(callErrorOf(error)?.text).toContain(text);
  });

  it("that says enough itself is left alone", () => {
    expect(
      callErrorOf("An unexpected error occurred invoking 'Say' on the server. HubException: Board is full."),
    ).toBeNull();
    expect(callErrorOf("x".repeat(50_000))).toBeNull();
  });
});
