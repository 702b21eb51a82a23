/** The ports of a scenario that runs in the page itself: without panel and channel, and with timers that no fault holds. */
import { sleepWith } from "../../extension/core/scenarios/sleep.ts";
import type { FaultId, PageId } from "../../extension/core/ids.ts";
import type { FaultAnswer } from "../../extension/messages/hook-relay.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import type { InjectAnswer, ScenarioPorts } from "../../extension/core/scenarios/run.ts";
import { clearNativeTimeout, nativeTimeout, now } from "../sentinel/platform/natives.ts";
import type { Faults, FaultHooks } from "../hook/transport/fault-hooks.ts";
import { isPageFault } from "./fault.ts";
import type { PageEvents } from "./page-events.ts";

export interface PagePorts extends Omit<ScenarioPorts, "signal" | "end"> {
  end(page: PageId, fault: FaultId): Promise<FaultAnswer>;
  /** Ends every fault. */
  endAll(): void;
}

export function pagePorts({ recorder }: FaultHooks, faults: Faults, recorded: PageEvents): PagePorts {
  return {
    async inject(command): Promise<InjectAnswer> {
      if (!isPageFault(command.name))
        return { ok: false, error: "The browser must do this, and only the extension can ask it to." };
      const answer = faults.inject(command);
      recorder.flush();
      return Promise.resolve(answer.ok ? { ...answer, page: recorded.page } : answer);
    },
    end(_page, fault) {
      const answer = faults.end(fault, "undone");
      recorder.flush();
      return Promise.resolve(answer);
    },
    endAll() {
      faults.end("all", "undone");
      recorder.flush();
    },
    model(): RecordingModel {
      recorder.flush();
      return recorded.model;
    },
    changed: recorded.changed,
    now,
    sleep,
  };
}

/** Waits with the browser's own timers: no fault holds them. */
export const sleep = sleepWith({ set: nativeTimeout, clear: clearNativeTimeout });
