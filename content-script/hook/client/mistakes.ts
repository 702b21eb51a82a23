/**
 * Records what the app's code does wrong with one HubConnection. A mistake may happen with every message: the first time is
 * recorded at once, and then at most one event per second, with a count.
 */
import type { AppMistake, Mistake } from "../../../extension/core/events/app-events.ts";
import type { Unstamped } from "../../../extension/core/events/events.ts";
import type { HubId } from "../../../extension/core/ids.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import { nativeTimeout, ownMethods } from "../../sentinel/shared-with-hook.ts";
import { cleanName } from "../record/clean-envelope.ts";
import { errorWords } from "../record/error-text.ts";
import type { Recorder } from "../record/recorder.ts";

const SPAN: Milliseconds = 1_000;
/** Limits the targets that are told apart. */
const MAX_KINDS = 200;

export interface Mistakes {
  note(
    mistake: Mistake,
    target?: unknown,
    more?: { error?: unknown; count?: number; stack?: string | undefined },
  ): void;
}

export function createMistakes(hub: HubId, recorder: Recorder): Mistakes {
  /** Not recorded yet, by mistake and target. */
  const waiting = ownMethods(new Map<string, Unstamped<AppMistake> & { count: number }>());
  return {
    note(mistake, target, { error, count = 1, stack } = {}) {
      const name = typeof target === "string" ? cleanName(target, recorder.tokens.texts) : undefined;
      const key = `${mistake} ${name ?? ""}`;
      const known = waiting.get(key);
      if (known) {
        // Handlers are counted at each look; everything else adds up.
        known.count = mistake === "handlers-doubled" ? count : known.count + count;
        return;
      }
      if (waiting.size >= MAX_KINDS) {
        recorder.dropped(1);
        return;
      }
      // The error of a handler may hold what a message said, and a stack is for who is looking.
      const { payloads } = recorder.mode;
      const text = payloads && error !== undefined ? errorWords(error) : undefined;
      const event = {
        kind: "app-mistake",
        hub,
        mistake,
        count: 0,
        ...omitUndefined({ target: name, error: text, stack: payloads ? stack : undefined }),
      } as const;
      recorder.record({ ...event, count });
      waiting.set(key, { ...event, count: 0 });
      const later = (): void => {
        const one = waiting.get(key);
        waiting.delete(key);
        if (one && one.count > 0) recorder.record(one);
      };
      nativeTimeout(later, SPAN);
    },
  };
}
