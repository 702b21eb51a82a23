/** Mistakes of the app's code in words: what happened, and what to do. Pure. */
import type { AppMistake, Mistake } from "../core/events/app-events.ts";
import type { HubMessage } from "../core/events/events.ts";
import type { MistakeModel } from "../core/model/app-code-types.ts";
import type { HubConnectionModel } from "../core/model/types.ts";
import { INVOCATION } from "../core/protocol/terms.ts";
import { counted } from "../core/text/format.ts";
import type { EventWords } from "./event-words.ts";

type Words = Pick<MistakeModel, "mistake" | "target" | "count">;

const times = (count: number): string => (count === 1 ? "" : `, ${counted(count, "time")}`);

/** One sentence. */
export function mistakeWords({ mistake, target, count }: Words): string {
  const name = target ?? "";
  switch (mistake) {
    case "started-twice":
      return `start() called while not Disconnected${times(count)}`;
    case "not-connected":
      return `A method was called while not Connected${times(count)}`;
    case "no-handler":
      return `${name}: received, but no handler is registered${times(count)}`;
    case "handler-threw":
      return `${name}: a handler threw an error${times(count)}`;
    case "no-result":
      return `${name}: the server waits for a result, and no handler returned one${times(count)}`;
    case "handlers-doubled":
      return `${name}: ${count} handlers, each message is handled ${count} times`;
  }
}

export const MISTAKE_ADVICE: Readonly<Record<Mistake, string>> = {
  "started-twice":
    "start() is rejected: only one part of the app should start a connection. Check its state before, or keep the promise of the first start().",
  "not-connected": "The call is rejected. Await start() first, and hold calls back until onreconnected.",
  "no-handler":
    "Register it with connection.on() before start(), or compare the spelling: upper and lower case don't matter.",
  "handler-threw": "The client catches the error and only logs it. Other handlers still run.",
  "no-result": "Return a value from the handler, or a promise of one: the server's InvokeAsync fails.",
  "handlers-doubled":
    "connection.on() adds a handler each time it is called, for example at every render or reconnect. Register handlers once, or remove them with off().",
};

/** Mistakes that concern a message from the server: its target has them. The client knows targets in lower case. */
export const mistakesOf = (
  { mistakes }: Pick<HubConnectionModel, "mistakes">,
  { direction, type, target }: Pick<HubMessage, "direction" | "type" | "target">,
): readonly MistakeModel[] =>
  direction === "in" && type === INVOCATION && target !== undefined && mistakes.length > 0
    ? mistakes.filter((one) => one.mistake !== "not-connected" && one.target === target.toLowerCase())
    : [];

/** A tag on such a message. */
export function mistakeTag({ mistake, count }: MistakeModel): string {
  switch (mistake) {
    case "no-handler":
      return "no handler";
    case "handler-threw":
      return "handler threw";
    case "no-result":
      return "no result";
    case "handlers-doubled":
      return `${count} handlers`;
    case "started-twice":
    case "not-connected":
      return "";
  }
}

/** A row of the log. */
export function mistakeRow({ mistake, target, count, error }: AppMistake): EventWords {
  const title = mistakeWords({ mistake, target: target ?? null, count });
  return { kind: "App", title, text: error ?? "", tone: "warn" };
}
