/**
 * Hears what a HubConnection tells its logger about mistakes of the app, whatever the log level is: the client checks that inside
 * the logger. The texts are those of @microsoft/signalr 3.1 to 10.
 */
import { apply, defineProperty, guarded } from "../../sentinel/shared-with-hook.ts";
import type { PageHub } from "../../sentinel/probe.ts";
import type { Mistakes } from "./mistakes.ts";

interface Logger {
  log(level: unknown, text: unknown): void;
}

const isLogger = (value: unknown): value is Logger =>
  typeof (value as Partial<Logger> | null | undefined)?.log === "function";

const NO_HANDLER = /^No client method with the name '(.*)' found\.$/;
const THREW = /^A callback for the method '?(.*?)'? threw error '([\s\S]*)'\.$/;
const NO_RESULT = /^No result given for '(.*)' method and invocation ID /;

/** @returns puts the app's own logger back */
export function watchLog(hub: PageHub, mistakes: Mistakes): () => void {
  const field = (Object.keys(hub) as (keyof PageHub)[]).find((name) => isLogger(hub[name]));
  if (field === undefined) return () => undefined;
  const logger = hub[field] as Logger;
  // The app may share one logger among several hubs: this one's own field is replaced.
  const watched = Object.create(logger) as Logger;
  watched.log = (level, text) => {
    // The texts that matter begin with A or N. No method is called here: a page may have replaced String's.
    if (typeof text === "string" && text < "O")
      guarded(() => {
        hear(text, mistakes);
      });
    apply(logger.log, logger, [level, text]);
  };
  const put = (value: Logger): void => {
    defineProperty(hub, field, { configurable: true, enumerable: true, writable: true, value });
  };
  put(watched);
  return () => {
    if (hub[field] === watched) put(logger);
  };
}

function hear(text: string, mistakes: Mistakes): void {
  const missing = NO_HANDLER.exec(text);
  if (missing) mistakes.note("no-handler", missing[1]);
  const threw = THREW.exec(text);
  if (threw) mistakes.note("handler-threw", threw[1], { error: threw[2] });
  const silent = NO_RESULT.exec(text);
  if (silent) mistakes.note("no-result", silent[1]);
}
