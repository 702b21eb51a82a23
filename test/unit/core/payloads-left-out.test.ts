/** A message that is marked as cut, but has no payload: there was no room for any of it. */
import { expect, test } from "vitest";
import type { HubMessage } from "../../../extension/core/events/events.ts";
import { withoutPayload } from "../../../extension/core/events/payload.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";

const message = (seq: number, more: Partial<HubMessage>): HubMessage => ({
  kind: "message",
  seq,
  t: seq,
  socket: 1,
  direction: "in",
  type: 1,
  size: 100,
  ...more,
});

test("is none of those of which only the beginning was recorded", () => {
  const { model, apply } = createReducer();
  apply("p", [message(1, { truncated: true }), message(2, { payload: "{", truncated: true })]);
  expect(model.cut).toBe(1);
});

test("has no mark where no payload is wanted", () => {
  expect(withoutPayload(message(1, { truncated: true }))).toEqual(message(1, {}));
  expect(withoutPayload(message(1, { payload: "{", truncated: true }))).toEqual(message(1, {}));
  const bare = message(1, {});
  expect(withoutPayload(bare)).toBe(bare);
});
