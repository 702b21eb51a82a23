// @vitest-environment happy-dom
import { later } from "./in-a-page.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { MessageDraft } from "../../../content-script/hook/record/message-draft.ts";
import { createRecorder, type Recorder } from "../../../content-script/hook/record/recorder.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";

const MiB = 1024 * 1024;

let sent: RecordedEvent[];
let recorder: Recorder;
beforeEach(() => {
  sent = [];
  recorder = createRecorder({ send: (events) => void sent.push(...events), idle: () => false });
});

const message = (payload: string, binary?: string): void => {
  const draft = new MessageDraft(1_764_200_000_000, 1, "in", 1, payload.length);
  if (binary === undefined) draft.payload = payload;
  else draft.binary = binary;
  recorder.recordMessage(draft);
};
const waiting = (): number =>
  sent.reduce(
    (sum, event) =>
      sum + (event.kind === "message" ? (event.payload?.length ?? 0) + (event.binary?.length ?? 0) : 0),
    0,
  );

describe("the hook's queue of events", () => {
  it("holds at most 16 Mi characters of payloads, and counts the rest", async () => {
    for (let i = 0; i < 40; i++) message("x".repeat(MiB / 2));
    for (let i = 0; i < 10; i++) message("", "A".repeat(MiB / 2));
    recorder.record({ kind: "online", online: false });
    await later(1_000);
    expect(waiting()).toBe(16 * MiB);
    expect(sent.filter(({ kind }) => kind === "online")).toHaveLength(1);
    expect(sent.at(-1)).toMatchObject({ kind: "dropped", where: "hook", count: 18 });
  });

  it("has room again when it was sent", async () => {
    for (let i = 0; i < 20; i++) message("x".repeat(MiB));
    await later(1_000);
    message("x".repeat(MiB));
    await later(1_000);
    expect(waiting()).toBe(17 * MiB);
    expect(sent.filter(({ kind }) => kind === "dropped")).toMatchObject([{ count: 4 }]);
  });

  it("holds at most 40,000 messages, and at most 60,000 events together with lifecycle events", async () => {
    for (let i = 0; i < 41_000; i++) message("");
    for (let i = 0; i < 21_000; i++) recorder.record({ kind: "online", online: true });
    await later(1_000);
    expect(sent.filter(({ kind }) => kind === "message")).toHaveLength(40_000);
    expect(sent.filter(({ kind }) => kind === "online")).toHaveLength(20_000);
    expect(sent.at(-1)).toMatchObject({ kind: "dropped", count: 2_000 });
  });
});

describe("a text in a lifecycle event", () => {
  const errorOf = async (error: string): Promise<unknown> => {
    recorder.record({ kind: "hub-lost", hub: 1, error });
    await later(1_000);
    return (sent.at(-1) as { error?: string }).error;
  };

  it("is redacted before it is cut, so that no part of a secret stays", async () => {
    const token = `eyJhbGciOiJub25lIn0.${"a".repeat(2_000)}.c2lnbmF0dXJl`;
    expect(await errorOf(`${"x".repeat(980)} ${token}`)).toBe(`${"x".repeat(980)} …`);
    expect(await errorOf("x".repeat(5_000))).toHaveLength(1_000);
  });
});
