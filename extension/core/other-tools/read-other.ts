/** Files of other tools as recordings: network logs (HAR), and messages that an inspector of SignalR has saved. */
import { isObject } from "../is-object.ts";
import { readHarFile, type HarFile } from "../har/har-file.ts";
import type { FilePage } from "../recording/file-format.ts";
import { writeRecordingFile } from "../recording/recording-file.ts";
import { counted } from "../text/format.ts";
import type { Bytes } from "../units.ts";
import { readMessageList } from "./message-list.ts";
import { pageOfMessages } from "./message-pages.ts";

/** It is read as a whole. */
export const LARGEST_OTHER: Bytes = 200_000_000;

export type OtherFile =
  | {
      readonly ok: true;
      /** The same as a recording of Hubscope. */
      readonly text: string;
      /** What such a file doesn't tell, and what could not be read of this one. Sentences for the user. */
      readonly notes: readonly string[];
    }
  /** A sentence for the user. */
  | { readonly ok: false; readonly problem: string };

/** @returns null: it is no file of a tool that is known */
export function readOther(text: string): OtherFile | null {
  const root = parse(text);
  if (isObject(root)) {
    const har = readHarFile(root["log"]);
    if (har) return fromHar(har);
  }
  const list = readMessageList(root);
  if (!list) return null;
  const page = pageOfMessages(list.messages);
  return {
    ok: true,
    text: asRecording([page]),
    notes: [
      `${counted(list.messages.length, "message")} read from a file of another tool. It has only messages: when and why connections were closed, and what the client did, is not known.`,
      ...(list.unread > 0
        ? [`${counted(list.unread, "message")} could not be read: not of the JSON hub protocol.`]
        : []),
    ],
  };
}

function fromHar({ pages, requests, writtenBy, missing, morePages }: HarFile): OtherFile {
  const by = writtenBy === "" ? "" : `, written by ${writtenBy}`;
  const notes = [
    `Read from a HAR file${by}. It doesn't tell why and with what code a connection was closed, what the client and the app did, or whether the browser was online.`,
    ...missingWords(missing),
    ...(morePages > 0 ? [`${counted(morePages, "page")} more with SignalR not read.`] : []),
  ];
  if (pages.length > 0) return { ok: true, text: asRecording(pages), notes };
  const isEmptied = missing.withoutFrames + missing.withoutAnswer > 0;
  return {
    ok: false,
    problem: isEmptied
      ? `This HAR file${by} has requests of SignalR, but not what was in them. Export it with contents and times (Playwright: recordHar with mode "full" and content "embed").`
      : `This HAR file${by} has no SignalR connections in its ${counted(requests, "request")}. Open the network panel first, then load the page, so that its negotiates and WebSockets are in the log.`,
  };
}

function missingWords({ unread, withoutFrames, withoutAnswer, streams }: HarFile["missing"]): string[] {
  const words: [number, string][] = [
    [
      withoutFrames,
      `${counted(withoutFrames, "WebSocket")} left out: the file has none of their messages, or not when they came.`,
    ],
    [withoutAnswer, `${counted(withoutAnswer, "negotiate")} left out: the file doesn't have their answers.`],
    [
      streams,
      `${counted(streams, "event stream")}: what came in has no time in a HAR file, and is left out, with the answers to calls.`,
    ],
    [unread, `${counted(unread, "message")} could not be read: without a time or a content.`],
  ];
  return words.flatMap(([count, text]) => (count > 0 ? [text] : []));
}

/** All pages of a log belong to one recording, whose first page is the first one. */
function asRecording(pages: readonly Pick<FilePage, "url" | "events">[]): string {
  const named = pages.map((page, i): FilePage => ({ ...page, page: `page-${i + 1}`, recording: "page-1" }));
  return writeRecordingFile(named, { exportedAt: new Date(0).toISOString(), hubscope: "" });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
