/** What the tests of the background's `webRequest` listeners share: a running extension, and what it tells the pages. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, vi } from "vitest";
import type { NetworkNote } from "../../../extension/messages/hook-relay.ts";
import { useClock } from "../fakes/clock.ts";
import { START } from "../fakes/events.ts";
import { resetWorld, world } from "../fakes/fake-browser.ts";
import { LinkedExtension } from "../fakes/linked-extension.ts";

export const BOARD = "https://hub.example/board";
export const NEGOTIATE = `${BOARD}/negotiate?negotiateVersion=1`;
export const request = {
  requestId: "7",
  method: "POST",
  url: NEGOTIATE,
  tabId: 1,
  frameId: 0,
  timeStamp: 1_000,
};
export const answered = { statusCode: 200, timeStamp: 1_500 };

export let extension: LinkedExtension;

/** Call once in each file. */
export function useExtension(): void {
  beforeEach(async () => {
    useClock(START);
    resetWorld();
    extension = new LinkedExtension();
    await extension.start();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

interface Told {
  readonly tab: number;
  readonly frame: number | undefined;
  readonly asks: boolean;
  readonly note: NetworkNote;
}

/** @returns all reports to frames, after all network events were handled */
export async function told(): Promise<Told[]> {
  await extension.pass(1_000);
  return world.toTabs.flatMap(({ tab, frame, message }) =>
    message.type === "network"
      ? [{ tab, frame, asks: message["asks"] as boolean, note: message["note"] as NetworkNote }]
      : [],
  );
}
