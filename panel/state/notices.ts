/** Short messages above the panel: errors, results, progress of long actions. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { PageId } from "../../extension/core/ids.ts";

export interface Notice {
  readonly id: number;
  readonly tone: "note" | "warn" | "bad";
  readonly text: string;
  /** 0 to 1, while an action is running. */
  readonly progress?: number;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** It is about that recording, and disappears when another is shown. */
  readonly about?: PageId | undefined;
}

export interface Notices {
  readonly list: ReadonlySignal<readonly Notice[]>;
  show(notice: Omit<Notice, "id">): number;
  update(id: number, change: Partial<Omit<Notice, "id">>): void;
  dismiss(id: number): void;
  /** Call when `shown` becomes the current recording: removes notices about others. */
  leave(shown: PageId | null): void;
  /** Shows an error. `what` says what failed. */
  failed(what: string, error: unknown): number;
}

const MAX = 4;

export function createNotices(): Notices {
  const list = signal<readonly Notice[]>([]);
  let last = 0;
  const notices: Notices = {
    list,
    show(notice) {
      const id = ++last;
      const others = list
        .peek()
        .filter((other) => other.text !== notice.text || other.progress !== undefined);
      list.value = [...others.slice(1 - MAX), { ...notice, id }];
      return id;
    },
    update(id, change) {
      list.value = list.peek().map((notice) => (notice.id === id ? { ...notice, ...change } : notice));
    },
    dismiss(id) {
      list.value = list.peek().filter((notice) => notice.id !== id);
    },
    leave(shown) {
      if (list.peek().some(({ about }) => about !== undefined && about !== shown))
        list.value = list.peek().filter(({ about }) => about === undefined || about === shown);
    },
    failed(what, error) {
      const reason = error instanceof Error ? error.message : String(error);
      return notices.show({ tone: "bad", text: `${what}: ${reason}` });
    },
  };
  return notices;
}
