/** Standard output for a report. */
import { Writable } from "node:stream";
import type { Context } from "../context.ts";
import { forTerminal, write } from "../terminal.ts";

/** A terminal would obey control characters of a recording. Files and other programs get every format as it is. */
export function resultStream(stdout: Context["stdout"]): Writable {
  const say = stdout.isTTY === true ? terminalText() : null;
  const pass = (data: string | Uint8Array, done: (error?: Error | null) => void): void => {
    write(stdout, data).then(
      () => done(),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  };
  return new Writable({
    write(data: Uint8Array, _encoding, done) {
      pass(say ? say(data) : data, done);
    },
    final(done) {
      if (say) pass(say(), done);
      else done();
    },
  });
}

/** Pieces of a text as a terminal may show them; without a piece its end. */
function terminalText(): (data?: Uint8Array) => string {
  const decoder = new TextDecoder();
  let held = "";
  return (data) => {
    const text = held + decoder.decode(data, { stream: data !== undefined });
    // Whether it is part of a line end is only known with the next piece.
    held = data !== undefined && text.endsWith("\r") ? "\r" : "";
    return forTerminal(text.slice(0, text.length - held.length));
  };
}
