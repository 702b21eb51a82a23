/** Connection ids inside of words, as names of groups have them. */
import { describe, expect, it } from "vitest";
import { createTextMasker } from "../../../extension/export/masks/mask-text.ts";
import { NO_MASKS, type Masks } from "../../../extension/export/masks/masks.ts";
import { expectLinear } from "../fakes/processor-time.ts";

const ID = "qX3_secretly-Chosen9Id";

function maskedWith(ids: readonly string[], text: string, masks: Partial<Masks> = {}): string {
  const masker = createTextMasker({ ...NO_MASKS, connectionIds: true, ...masks });
  for (const id of ids) masker.learnId(id);
  return masker.text(text);
}

describe("a connection id inside of a word", () => {
  it("is replaced", () => {
    expect(maskedWith([ID], `room-${ID} ${ID}_x a.${ID}.b ${ID}${ID} ${ID}`)).toBe(
      "room-connection-1 connection-1_x a.connection-1.b connection-1connection-1 connection-1",
    );
    expect(maskedWith([ID], `{"arguments":["{\\"group\\":\\"room-${ID}\\"}"]}`)).toBe(
      '{"arguments":["{\\"group\\":\\"room-connection-1\\"}"]}',
    );
  });

  it("is replaced if it has signs that words don't have", () => {
    const id = "abc+def/ghijklmnopqr==";
    expect(maskedWith([id], `group=${id};`)).toBe("group=connection-1;");
  });

  it("is the longest that fits", () => {
    expect(maskedWith([ID, `${ID}2`], `room-${ID}2 room-${ID}3`)).toBe(
      "room-connection-2 room-connection-13",
    );
  });

  it("leaves no part of a host", () => {
    expect(maskedWith([ID], `wss://${ID}.corp.test/x`, { hosts: true })).toBe("wss://host-1.example/x");
  });

  it("is none if it is short: only a whole word is one", () => {
    expect(maskedWith(["abc"], "abcdef room-abc abc abc.")).toBe(
      "abcdef room-abc connection-1 connection-1.",
    );
  });

  it("isn't looked for if ids stay", () => {
    expect(maskedWith([ID], `room-${ID}`, { connectionIds: false })).toBe(`room-${ID}`);
  });

  it("is found in linear time, also where a page names ids that are alike", () => {
    const alike = Array.from({ length: 2_000 }, (_, i) => "a".repeat(16 + i));
    expectLinear((size) => maskedWith(alike, "a-".repeat(8).repeat(size)), 10_000);
    expectLinear((size) => maskedWith([`${"a".repeat(40)}b`], "a".repeat(size)), 200_000);
  });
});
