/** The browser as far as the background asks it. Tests say what each frame's relay answers and what panels do. */
import type { RelayIdentity } from "../../../extension/messages/extension.ts";

export interface Said {
  readonly tab: number;
  readonly frame: number | undefined;
  readonly message: { readonly type: string; readonly [field: string]: unknown };
}

const fresh = {
  /** Who is in a frame, as "tab:frame". */
  frames: new Map<string, RelayIdentity>(),
  toTabs: [] as Said[],
  toPanels: [] as { readonly type: string }[],
  badge: new Map<number, string>(),
  session: {} as Record<string, unknown>,
  /** Resolves when every panel has heard a message. */
  panelsHear: (): Promise<unknown> => Promise.resolve(),
};

const scope = globalThis as { fakeWorld?: typeof fresh };

/** The same when the background's modules are loaded anew. */
export const world = (scope.fakeWorld ??= fresh);

export function resetWorld(): void {
  world.frames.clear();
  world.toTabs.length = 0;
  world.toPanels.length = 0;
  world.badge.clear();
  world.session = {};
  world.panelsHear = () => Promise.resolve();
}

export default {
  runtime: {
    sendMessage(message: { readonly type: string }): Promise<unknown> {
      world.toPanels.push(message);
      return world.panelsHear();
    },
  },
  tabs: {
    sendMessage(tab: number, message: Said["message"], options?: { frameId?: number }): Promise<unknown> {
      const frame = options?.frameId;
      world.toTabs.push({ tab, frame, message });
      if (message.type !== "who") return Promise.resolve(undefined);
      const identity = world.frames.get(`${tab}:${frame ?? 0}`);
      return identity ? Promise.resolve(identity) : Promise.reject(new Error("no such frame"));
    },
    query: () => Promise.resolve([{ id: 1 }, { id: 2 }]),
  },
  action: {
    setBadgeBackgroundColor: () => Promise.resolve(),
    setBadgeText({ text, tabId }: { text: string; tabId: number }) {
      world.badge.set(tabId, text);
      return Promise.resolve();
    },
    setTitle: () => Promise.resolve(),
  },
  storage: {
    session: {
      get: (key: string) => Promise.resolve({ [key]: world.session[key] }),
      set(values: Record<string, unknown>) {
        Object.assign(world.session, values);
        return Promise.resolve();
      },
    },
  },
};
