/**
 * A fake of the hook's port: collects posted messages, and lets tests send messages of the relay. Import before the hook's
 * modules.
 */
import { vi } from "vitest";
import type { HookToRelay, RelayToHook } from "../../../extension/messages/hook-relay.ts";

export class FakePort extends EventTarget {
  readonly posted: HookToRelay[] = [];
  closed = false;

  start(): void {
    // always open
  }

  postMessage(message: HookToRelay): void {
    this.posted.push(message);
  }

  close(): void {
    this.closed = true;
  }

  say(message: RelayToHook): void {
    this.dispatchEvent(new MessageEvent("message", { data: message }));
  }
}

vi.stubGlobal("MessagePort", FakePort);
