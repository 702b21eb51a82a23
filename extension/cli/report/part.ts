/** The part of a recording that is wanted: `--from` and `--to`. */
import { duration } from "../../core/text/format.ts";
import type { EpochMilliseconds } from "../../core/units.ts";
import type { OpenedRecording } from "../../export/open-recording.ts";
import type { ExportContents } from "../../export/write-export.ts";
import { usageError } from "../exit.ts";
import type { OpenedFile } from "../files/open-file.ts";

type Moment = (recording: Pick<OpenedRecording, "from" | "to">) => EpochMilliseconds;

/** Checks both before any file is read. Absent: the recording's own beginning and end. */
export function readPart(
  from: string | undefined,
  to: string | undefined,
): (file: Pick<OpenedFile, "name" | "recording">) => Pick<ExportContents, "range"> {
  if (from === undefined && to === undefined) return () => ({});
  const [begin, end] = [readMoment("--from", from), readMoment("--to", to)];
  return ({ name, recording }) => {
    const range = { from: begin?.(recording) ?? recording.from, to: end?.(recording) ?? recording.to };
    if (from !== undefined && to !== undefined && range.from > range.to)
      throw usageError("--from is later than --to.");
    const long = duration(recording.to - recording.from);
    if (range.from > recording.to)
      throw usageError(`${name}: --from is after the end of the recording, which is ${long} long.`);
    if (range.to < recording.from) throw usageError(`${name}: --to is before the recording's beginning.`);
    return range.from <= recording.from && range.to >= recording.to ? {} : { range };
  };
}

function readMoment(option: string, text: string | undefined): Moment | null {
  if (text === undefined) return null;
  const seconds = /^\+(?<seconds>\d+(?:\.\d+)?)s?$/.exec(text)?.groups?.["seconds"];
  if (seconds !== undefined) return ({ from }) => from + Number(seconds) * 1_000;
  const at = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at))
    throw usageError(
      `${option} is a time such as 2026-11-24T10:42:07Z, or seconds since the beginning such as +90.`,
    );
  return () => at;
}
