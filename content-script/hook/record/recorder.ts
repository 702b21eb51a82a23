/**
 * Gives events their time and number, buffers them until they are sent to the relay, and counts those that a full buffer drops.
 */
import type { RecordedEvent, RecordingEnded, Unstamped } from "../../../extension/core/events/events.ts";
import type { RecordMode } from "../../../extension/messages/hook-relay.ts";
import { withoutSecrets } from "../../../extension/core/events/redact-events.ts";
import type { Bytes, Milliseconds } from "../../../extension/core/units.ts";
import type { MessageDraft } from "./message-draft.ts";
import { clearNativeTimeout, nativeTimeout, now } from "../../sentinel/shared-with-hook.ts";
import { createPostponed, type Postponed } from "./postponed.ts";
import { createRoom, type Room } from "./room.ts";
import { createUsedTokens, type UsedTokens } from "../../../extension/core/redaction/used-tokens.ts";

/** More messages can only wait when the page blocks the main thread all the time. */
const MAX_WAITING = 40_000;
/** Limits events of all kinds. */
const MAX_OF_ANY = 60_000;
/** Limits the texts in them, in characters: unlike the number of bytes, a text's length is known. */
const MAX_TEXT = 16 * 1024 * 1024;
const FLUSH_WATCHED: Milliseconds = 100;
const FLUSH_UNWATCHED: Milliseconds = 500;
const LATE: Milliseconds = 500;

/** Limits texts of events other than messages. */
const LONGEST_TEXT = 10_000;
/**
 * The payload limit in the settings applies to these, too, but not below the length of a reason: why a connection broke is
 * always recorded.
 */
const textLimit = (payloadCap: Bytes): number => Math.min(LONGEST_TEXT, Math.max(payloadCap, LONGEST_REASON));
/** Limits reasons and errors: a proxy may answer with a whole page. */
const LONGEST_REASON = 1_000;
const REASONS: readonly string[] = ["error", "reason", "threw"];

export interface Recorder {
  /** Until the relay has sent it: everything, as the relay removes what isn't wanted. */
  mode: RecordMode;
  /** Removed from every text. */
  readonly tokens: UsedTokens;
  /** They are read before anything else is recorded. */
  readonly postponed: Postponed;
  /** All connections of the page share it. */
  readonly room: Room;
  /** Called when Blazor's reconnect UI may have changed. Set by the hook. */
  lookAtBlazor: () => void;
  /** Whether the relay has sent the mode. */
  settled: boolean;
  record(event: Unstamped): void;
  /** For the hot path: the message is complete except for its seq, and has no secrets. */
  recordMessage(message: MessageDraft): void;
  /** @param run records the first events of every recording */
  onBegin(run: () => void): void;
  /** Begins a recording, if none is running. */
  begin(): void;
  /** Records the last event of this recording. The next event begins another recording; `seq` continues. */
  end(reason: RecordingEnded["reason"]): void;
  flush(): void;
  /** Something was not recorded. Ignored on a page without SignalR. */
  dropped(count: number): void;
  readonly active: boolean;
}

export interface RecorderOptions {
  /** @param length of the texts in them */
  readonly send: (events: RecordedEvent[], length: number) => void;
  /** Everything that was sent before has arrived. */
  readonly idle: () => boolean;
}

export function createRecorder({ send, idle }: RecorderOptions): Recorder {
  let seq = 0;
  let waiting: RecordedEvent[] = [];
  /** Of the texts in `waiting`. */
  let length = 0;
  let due = 0;
  let lost = 0;
  let timer: number | undefined;
  let begun = false;
  let onBegin: () => void = () => undefined;

  const postponed = createPostponed();
  const push = (event: RecordedEvent): void => {
    const isMessage = event.kind === "message";
    const size = isMessage ? (event.payload?.length ?? 0) + (event.binary?.length ?? 0) : 0;
    if (waiting.length >= (isMessage ? MAX_WAITING : MAX_OF_ANY) || length + size > MAX_TEXT) {
      lost++;
      return;
    }
    waiting[waiting.length] = event;
    length += size;
    if (timer === undefined) {
      const delay = recorder.settled && !recorder.mode.payloads ? FLUSH_UNWATCHED : FLUSH_WATCHED;
      timer = nativeTimeout(flush, delay);
      due = event.t + delay;
    }
    // In a hidden tab a timer may come a minute late.
    else if (event.t > due + LATE && idle()) flush();
  };
  const flush = (): void => {
    if (timer !== undefined) clearNativeTimeout(timer);
    timer = undefined;
    if (lost > 0) {
      waiting[waiting.length] = { kind: "dropped", where: "hook", count: lost, seq: ++seq, t: now() };
      lost = 0;
    }
    if (waiting.length === 0) return;
    const events = waiting;
    const sent = length;
    waiting = [];
    length = 0;
    try {
      send(events, sent);
    } catch {
      recorder.dropped(events.length); // the page has tampered with one of them
    }
  };
  const recorder: Recorder = {
    mode: { record: true, payloads: true, payloadCap: 64 * 1024, probe: true, flightRecorderRate: 20 },
    tokens: createUsedTokens(),
    postponed,
    room: createRoom(),
    lookAtBlazor: () => undefined,
    settled: false,
    record(event) {
      postponed.readAll();
      if (!recorder.mode.record) return;
      recorder.begin();
      const longest = textLimit(recorder.mode.payloadCap);
      const clean = withoutSecrets(
        event,
        (name) => (REASONS.includes(name) ? LONGEST_REASON : longest),
        recorder.tokens.texts,
      );
      // Spread, as it copies own properties only: a page may have put a `t` on Object.prototype.
      push({ t: now(), ...clean, seq: ++seq });
    },
    recordMessage(message) {
      if (!recorder.mode.record) return;
      recorder.begin();
      message.seq = ++seq;
      push(message);
    },
    onBegin(run) {
      onBegin = run;
    },
    begin() {
      if (begun) return;
      begun = true;
      onBegin();
    },
    end(reason) {
      if (!begun) return;
      recorder.record({ kind: "recording-ended", reason });
      begun = false;
      flush();
    },
    flush,
    dropped(count) {
      if (seq === 0) return;
      lost += count;
      timer ??= nativeTimeout(flush, FLUSH_UNWATCHED);
    },
    get active() {
      return seq > 0;
    },
  };
  return recorder;
}
