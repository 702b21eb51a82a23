/**
 * The hook's recorder for a monitor: events get their time and number and go on at once. Nothing that is recorded leaves the page, so no
 * secrets are searched for; but nothing that could be one is kept without need, and every text is short.
 */
import type { RecordedEvent, Unstamped } from "../../../extension/core/events/events.ts";
import type { SocketId } from "../../../extension/core/ids.ts";
import type { Recorder } from "../../hook/record/recorder.ts";
import { now } from "../../sentinel/platform/natives.ts";
import type { NotedMessages } from "./noted-messages.ts";

/** A reason or an error: rules look for some words in them. */
const LONGEST_TEXT = 1_000;

export interface MonitorRecorder extends Recorder {
  /** What was noted of the messages of each connection, in place of the messages. */
  readonly noted: Map<SocketId, NotedMessages>;
}

/** @param take never throws */
export function createMonitorRecorder(take: (event: RecordedEvent) => void): MonitorRecorder {
  let seq = 0;
  let onBegin = (): void => undefined;
  let begun = false;
  const nothing = (): void => undefined;
  const recorder: MonitorRecorder = {
    noted: new Map(),
    mode: { record: true, payloads: false, payloadCap: 0, probe: true, flightRecorderRate: 0 },
    tokens: { texts: [], remember: nothing, rememberOf: nothing },
    postponed: {
      add(read) {
        read();
      },
      readAll: nothing,
    },
    room: { forPayload: false, take: () => false },
    lookAtBlazor: nothing,
    settled: true,
    record(event) {
      if (!recorder.mode.record) return;
      recorder.begin();
      take({ t: now(), ...shortOf(event), seq: ++seq });
    },
    recordMessage(message) {
      if (!recorder.mode.record) return;
      recorder.begin();
      message.seq = ++seq;
      take(message);
    },
    onBegin(run) {
      onBegin = run;
    },
    begin() {
      if (begun) return;
      begun = true;
      onBegin();
    },
    end() {
      begun = false;
    },
    flush: nothing,
    dropped(count) {
      if (seq > 0) recorder.record({ kind: "dropped", where: "hook", count });
    },
    get active() {
      return seq > 0;
    },
  };
  return recorder;
}

/** Without the values in addresses, where tokens are, except for those of Azure's hub and of SignalR's own parameters. */
const bareUrl = (url: string): string =>
  url
    .replace(/#.*$/s, "")
    .replace(
      /([?&](?!(?:hub|asrs\.op|transport|negotiateversion|usestatefulreconnect)=)[^=&]*=)[^&]*/gi,
      "$1…",
    );

const isUrl = (name: string): boolean => /url$|redirectedTo/i.test(name);

function shortOf(event: Unstamped): Unstamped {
  const short = { ...event } as Record<string, unknown>;
  for (const name of Object.keys(short)) {
    const value = short[name];
    if (typeof value === "string")
      short[name] = (isUrl(name) ? bareUrl(value) : value).slice(0, LONGEST_TEXT);
  }
  return short as unknown as Unstamped;
}
