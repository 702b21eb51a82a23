/** The largest message in each direction: calls of a method that no hub has, with texts that grow. */
import type { DoctorSize } from "../../extension/core/events/doctor-events.ts";
import type { Bytes } from "../../extension/core/units.ts";
import { omitUndefined } from "../hook/shared-with-tools.ts";
import { METHOD, call } from "./calls.ts";
import type { Working } from "./connects.ts";
import { close, open, type Told, type Trial } from "./trial.ts";

/** Around the default limit of 32 KB (HubOptions.MaximumReceiveMessageSize), and then in steps that double. */
const SIZES: readonly Bytes[] = [
  1_000, 4_000, 16_000, 31_000, 34_000, 64_000, 128_000, 256_000, 512_000, 1_000_000,
];
/** Servers log the name of an unknown method: so the answer is made long only as far as it has to be. */
const LONGEST_NAME: Bytes = 31_000;

export async function trySizes(trial: Trial, using: Working): Promise<void> {
  trial.tell({ kind: "doctor-tries", check: "size", ...using });
  const largest = await out(trial, using);
  if (largest > 0 && !trial.ended()) await into(trial, using, largest);
}

/** @returns the largest that the server took */
async function out(trial: Trial, using: Working): Promise<Bytes> {
  const { connection, opening } = await open(trial, using);
  if (!connection) return 0;
  let passed: Bytes = 0;
  for (const size of SIZES) {
    const { answered, text, status } = await call(connection, "x".repeat(size));
    if (trial.ended()) return passed;
    if (!answered) {
      trial.tell({
        kind: "doctor-size",
        direction: "out",
        transport: using.transport,
        passed,
        failed: size,
        error: text,
        ...omitUndefined({ status, code: opening.close?.code }),
      } satisfies Told<DoctorSize>);
      await close(trial, connection);
      return passed;
    }
    passed = size;
  }
  trial.tell({ kind: "doctor-size", direction: "out", transport: using.transport, passed, failed: null });
  await close(trial, connection);
  return passed;
}

async function into(trial: Trial, using: Working, largestOut: Bytes): Promise<void> {
  const { connection, opening } = await open(trial, using);
  if (!connection) return;
  let passed: Bytes = 0;
  let failure: Partial<DoctorSize> & { readonly failed: Bytes | null } = { failed: null };
  for (const size of SIZES.filter((one) => one <= Math.min(largestOut, LONGEST_NAME))) {
    const { answered, text } = await call(connection, "", METHOD.padEnd(size, "x"));
    if (trial.ended()) return;
    if (!answered) {
      failure = { failed: size, error: text, ...omitUndefined({ code: opening.close?.code }) };
      break;
    }
    // A server that doesn't repeat the name says nothing about long answers.
    if (text.length < size) break;
    passed = text.length;
  }
  await close(trial, connection);
  if (passed > 0 || failure.failed !== null)
    trial.tell({ kind: "doctor-size", direction: "in", transport: using.transport, passed, ...failure });
}
