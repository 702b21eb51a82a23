#!/usr/bin/env node
/** Entry point of the command line, `npx hubscope`. */
import { fileURLToPath } from "node:url";
import reportStyle from "hubscope:report-style";
import type { Context } from "./context.ts";
import { EXIT, reasonOf } from "./exit.ts";
import { removeTemporary } from "./files/temporary.ts";
import { nodeSendPorts } from "../npm/node-send.ts";
import { run } from "./program.ts";
import { note } from "./terminal.ts";

/** Defined by the build. */
declare const hubscopeVersion: string;

/** Called by a signal instead of ending the process. */
let interrupt: (() => void) | undefined;

const context: Context = {
  version: hubscopeVersion,
  reportStyle,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  now: Date.now,
  sendPorts: nodeSendPorts,
  untilInterrupted: () =>
    new Promise((resolve) => {
      interrupt = resolve;
    }),
  home: fileURLToPath(new URL("../", import.meta.url)),
};

/** As a shell reports a process that was ended by that signal. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

for (const [signal, code] of Object.entries(SIGNALS))
  process.on(signal, () => {
    const waiting = interrupt;
    interrupt = undefined;
    if (waiting) {
      waiting();
      return;
    }
    removeTemporary();
    process.exit(code);
  });

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  removeTemporary();
  // `hubscope … | head`: nobody reads any more.
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  note(context, `standard output: ${reasonOf(error)}`);
  process.exit(EXIT.failed);
});

// There is nowhere to say it.
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  removeTemporary();
  process.exit(EXIT.failed);
});

process.exitCode = await run(process.argv.slice(2), context);
