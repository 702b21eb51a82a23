/** Opens the recordings that a command names. */
import path from "node:path";
import { openRecording, type OpenedRecording } from "../../export/open-recording.ts";
import type { Context } from "../context.ts";
import { EXIT, Failure, reasonOf, type ExitCode } from "../exit.ts";
import { note } from "../terminal.ts";
import { readTexts } from "./read-texts.ts";
import { spooled } from "./temporary.ts";

export interface OpenedFile {
  /** As it was named; "standard input" for `-`. */
  readonly name: string;
  /** Without folder and file extension. */
  readonly stem: string;
  /** null: standard input. */
  readonly path: string | null;
  readonly recording: OpenedRecording;
}

/** @throws Failure, with the file's name */
export async function withFile<T>(
  named: string,
  context: Context,
  use: (file: OpenedFile) => Promise<T>,
): Promise<T> {
  const name = named === "-" ? "standard input" : named;
  const failed = (error: unknown): Failure => new Failure(`${name}: ${reasonOf(error)}`);
  const input =
    named === "-"
      ? await spooled(context.stdin).catch((error: unknown) => {
          throw failed(error);
        })
      : { file: named, remove: () => undefined };
  try {
    const opening = await openRecording(() => readTexts(input.file)).catch((error: unknown) => {
      throw failed(error);
    });
    if (!opening.ok) throw new Failure(`${name}: ${opening.problem}`);
    for (const said of opening.recording.notes) note(context, `${name}: ${said}`);
    for (const warning of opening.recording.warnings) note(context, `${name}: ${warning}`);
    return await use({
      ...{ name, stem: stemOf(named), path: named === "-" ? null : path.resolve(named) },
      recording: opening.recording,
    });
  } finally {
    input.remove();
  }
}

const stemOf = (named: string): string =>
  named === "-"
    ? "recording"
    : path
        .basename(named)
        .replace(/\.gz$/i, "")
        .replace(/\.(?:json|har)$/i, "") || "recording";

/** One after the other. A file that can't be used is named, and the others are used. */
export async function forEachFile(
  files: readonly string[],
  context: Context,
  use: (file: OpenedFile) => Promise<void>,
): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  for (const file of files) {
    try {
      await withFile(file, context, use);
    } catch (error) {
      if (!(error instanceof Failure) || files.length === 1) throw error;
      note(context, error.message);
      if (code !== EXIT.failed) code = error.code;
    }
  }
  return code;
}
