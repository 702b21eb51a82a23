/**
 * The relay for workers of this page (Firefox): the background has put our hook in front of their scripts, and tells the name of
 * the channel of each. A worker is recorded as a page of its own.
 */
import { checkEvents } from "../../extension/core/events/guards.ts";
import type { RecordedEvent, WorkerKind } from "../../extension/core/events/events.ts";
import type { PageId } from "../../extension/core/ids.ts";
import { isObject } from "../../extension/core/is-object.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { isToRelay } from "../../extension/messages/addressed-to.ts";
import type { BackgroundToRelay, RelayAnswer } from "../../extension/messages/extension.ts";
import type {
  FaultAnswer,
  HookToRelay,
  RelayToWorker,
  WorkerToRelay,
} from "../../extension/messages/hook-relay.ts";
import { newPageId } from "../../extension/messages/page-id.ts";
import { createCalls, ownsRequest } from "./calls.ts";
import { createDelivery } from "./delivery.ts";
import type { Runtime } from "./runtime.ts";

/**
 * A worker that was terminated says nothing of it. One that is blocked doesn't answer either: its recording ends, and another one
 * begins when it is heard again.
 */
const STILL_THERE: Milliseconds = 5_000;
const MAX_UNANSWERED = 3;
const MAX_WORKERS = 50;

const NO_DOCTOR: FaultAnswer = { ok: false, error: "The connection doctor can't run in a worker." };
const NO_FAULTS: FaultAnswer = { ok: false, error: "Faults can't be injected into a worker." };

/** The part of a BroadcastChannel that is needed. */
export interface WorkerChannel {
  postMessage(message: RelayToWorker): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  close(): void;
}

export interface WorkersOptions {
  readonly runtime: Runtime;
  readonly open: (name: string) => WorkerChannel;
  readonly origin: string;
}

export interface Workers {
  /** Ids of the recordings that are running. */
  readonly pages: () => readonly PageId[];
  /** The page is left, or shown again from the back/forward cache: its own workers with it. */
  readonly moved: (phase: "pagehide" | "pageshow", persisted: boolean) => void;
}

interface RecordedWorker {
  readonly page: PageId;
  readonly moved: Workers["moved"];
  /** undefined: no answer. */
  handle(message: BackgroundToRelay): Promise<RelayAnswer<BackgroundToRelay>> | undefined;
}

export function listenForWorkers({ runtime, open, origin }: WorkersOptions): Workers {
  const workers = new Set<RecordedWorker>();
  runtime.onMessage((message) => {
    if (!isToRelay(message)) return undefined;
    if (message.type !== "worker") {
      const answers = Array.from(workers, ({ handle }) => handle(message) ?? []).flat();
      return answers.length > 0 ? Promise.race(answers) : undefined;
    }
    if (workers.size >= MAX_WORKERS) return undefined;
    const { channel, url, kind } = message;
    const worker = recordWorker({ runtime, channel: open(channel), origin, url, kind }, () => {
      workers.delete(worker);
    });
    workers.add(worker);
    return undefined;
  });
  return {
    pages: () => Array.from(workers, ({ page }) => page),
    moved(phase, persisted) {
      for (const worker of workers) worker.moved(phase, persisted);
    },
  };
}

interface WorkerOptions {
  readonly runtime: Runtime;
  readonly channel: WorkerChannel;
  readonly origin: string;
  readonly url: string;
  readonly kind: WorkerKind;
}

/** A message as it comes from the worker: its fields have their names, and any type until they are checked. */
type Unchecked<M> = { readonly [K in M extends unknown ? keyof M : never]?: unknown };

function recordWorker(
  { runtime, channel, origin, url, kind }: WorkerOptions,
  forget: () => void,
): RecordedWorker {
  /** The worker's own, and what is added here. */
  let seq = 0;
  let unanswered = 0;
  let silent = false;
  const send = (message: RelayToWorker): void => {
    channel.postMessage(message);
  };
  const numbered = (events: readonly RecordedEvent[]): RecordedEvent[] =>
    events.map((event) => ({ ...event, seq: ++seq }));
  const calls = createCalls(send);
  const delivery = createDelivery({
    newPage: newPageId,
    runtime,
    about: () => ({ top: false, url, origin }),
    modeChanged(mode) {
      send({ type: "mode", mode });
    },
    orphaned() {
      send({ type: "gone" });
      close();
    },
  });
  const close = (): void => {
    clearInterval(timer);
    channel.onmessage = null;
    channel.close();
    forget();
  };
  const note = (event: Extract<RecordedEvent, { kind: "lifecycle" | "recording-ended" }>): void => {
    if (delivery.active && !silent) delivery.addLast(numbered([event]));
  };
  const timer = setInterval(() => {
    if (silent || ++unanswered <= MAX_UNANSWERED) {
      send({ type: "here" });
      return;
    }
    note({ kind: "recording-ended", reason: "worker-silent", seq: 0, t: now() });
    silent = true;
  }, STILL_THERE);
  /** After a silence a recording begins with the worker's next `page` event. */
  const heard = (events: readonly RecordedEvent[]): readonly RecordedEvent[] => {
    if (!silent) return events;
    const begins = events.findIndex(({ kind }) => kind === "page");
    if (begins < 0) return [];
    silent = false;
    return events.slice(begins);
  };

  channel.onmessage = ({ data }) => {
    if (!isObject(data)) return;
    const { type, batch, events, call, answer }: Unchecked<HookToRelay | WorkerToRelay> = data;
    if (silent && unanswered > 0) send({ type: "start-over" });
    unanswered = 0;
    switch (type) {
      case "hello" satisfies WorkerToRelay["type"]:
        send({ type: "here" });
        return;
      case "events" satisfies HookToRelay["type"]: {
        const added = numbered(heard(checkEvents(events)));
        if (added.length > 0) delivery.add(added);
        if (typeof batch === "number") send({ type: "got", batch });
        return;
      }
      case "reply" satisfies HookToRelay["type"]:
        calls.answered(call, answer);
        return;
    }
  };
  send({ type: "here" });
  return {
    get page() {
      return delivery.page;
    },
    handle,
    moved(phase, persisted) {
      // A shared worker may go on in other pages, but it is no longer heard.
      if (kind === "shared") {
        if (phase === "pagehide") {
          note({ kind: "recording-ended", reason: "page-left", seq: 0, t: now() });
          close();
        }
        return;
      }
      note({ kind: "lifecycle", phase, persisted, seq: 0, t: now() });
      if (phase === "pagehide" && !persisted) close();
    },
  };

  function handle(message: BackgroundToRelay): Promise<RelayAnswer<BackgroundToRelay>> | undefined {
    switch (message.type) {
      case "mode-changed":
        if (delivery.active) delivery.askMode();
        return undefined;
      case "start-over":
        if (delivery.active) send({ type: "start-over" });
        return undefined;
      case "network":
        if (message.asks) return ownsRequest(calls, message.note);
        // Others are for the page: there a negotiate that it didn't send is a worker's.
        if (message.note.what === "upgrade") send({ type: "network", note: message.note });
        return undefined;
      case "inject":
        return message.page === delivery.page ? Promise.resolve(NO_FAULTS) : undefined;
      case "doctor":
        return message.page === delivery.page ? Promise.resolve(NO_DOCTOR) : undefined;
      case "lease":
      case "end-fault":
      case "end-doctor":
      case "worker":
        return undefined;
    }
  }
}

const now = (): number => performance.timeOrigin + performance.now();
