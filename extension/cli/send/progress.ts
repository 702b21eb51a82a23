/** How far it is, on a line of a terminal that is written again and again. */
import type { Context } from "../context.ts";
import { note } from "../terminal.ts";

const EVERY = 100;
const CLEAR = "\r\u001b[2K";

export interface Progress {
  sent(records: number): void;
  /** Says something above it. */
  note(text: string): void;
  /** Takes the line away. */
  end(): void;
}

export function createProgress(context: Pick<Context, "stderr" | "now">): Progress {
  const { stderr, now } = context;
  const isShown = stderr.isTTY === true;
  let records = 0;
  let shownAt = -Infinity;
  let isOpen = false;
  const end = (): void => {
    if (isOpen) stderr.write(CLEAR);
    isOpen = false;
  };
  return {
    sent(more) {
      records += more;
      if (!isShown || now() - shownAt < EVERY) return;
      shownAt = now();
      isOpen = true;
      stderr.write(`${CLEAR}${records} records sent`);
    },
    note(text) {
      end();
      note(context, text);
    },
    end,
  };
}
