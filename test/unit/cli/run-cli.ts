/** Calls the command line in this process. */
import { Readable, Writable } from "node:stream";
import { run } from "../../../extension/cli/program.ts";
import type { Context } from "../../../extension/cli/context.ts";
// Commands load these when they are called. In a test that would count for its time.
import "../../../extension/cli/check/check.ts";
import "../../../extension/cli/report/report.ts";
import "../../../extension/cli/send/send.ts";
import "../../../extension/cli/summary/summary.ts";
import { nodeSendPorts } from "../../../extension/npm/node-send.ts";
import { START } from "../fakes/events.ts";

export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

class Collected extends Writable {
  readonly parts: Buffer[] = [];
  constructor(readonly isTTY: boolean) {
    super();
  }
  override _write(part: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.parts.push(part);
    done();
  }
  text(): string {
    return Buffer.concat(this.parts).toString();
  }
}

interface Around {
  readonly stdin?: string | Uint8Array;
  readonly isTTY?: boolean;
  readonly env?: Context["env"];
  readonly home?: string;
  /** When the user presses Ctrl+C; at once when absent. */
  readonly until?: Promise<void>;
}

export async function runCli(args: readonly string[], around: Around = {}): Promise<CliRun> {
  const stdout = new Collected(around.isTTY ?? false);
  const stderr = new Collected(around.isTTY ?? false);
  const code = await run(args, {
    ...{ version: "1.2.3", reportStyle: "", stdout, stderr, env: around.env ?? {} },
    stdin: Readable.from([Buffer.from(around.stdin ?? "")]),
    now: () => START + 3_600_000,
    home: around.home ?? "",
    untilInterrupted: () => around.until ?? Promise.resolve(),
    // Chance waits no time.
    sendPorts: (gzip) => ({ ...nodeSendPorts(gzip), random: () => 0 }),
  });
  return { code, out: stdout.text(), err: stderr.text() };
}
