/** What a command gets from outside: streams, the clock, and the files that come with the package. */
import type { Readable, Writable } from "node:stream";
import type { EpochMilliseconds } from "../core/units.ts";
import type { SendPorts } from "../otlp/send/ports.ts";

export interface Context {
  /** Of Hubscope. */
  readonly version: string;
  /** The style sheet of HTML reports. */
  readonly reportStyle: string;
  readonly stdin: Readable;
  /** For the result, and nothing else. */
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => EpochMilliseconds;
  /** The network, for what is sent. @param gzip whether bodies are compressed */
  readonly sendPorts: (gzip: boolean) => SendPorts;
  /** Resolves when the user ends the command (Ctrl+C), instead of ending it at once. */
  readonly untilInterrupted: () => Promise<void>;
  /** The folder of the installed package. */
  readonly home: string;
}
