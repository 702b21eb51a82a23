/** `hubscope report`: recordings to files in any of the export formats. */
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { LOCAL } from "../../core/text/format.ts";
import { EXPORT_FORMATS, formatOf, type ExportKind } from "../../export/export-formats.ts";
import { NothingInRange } from "../../export/cut-to-range.ts";
import { writeExport, type ExportContents } from "../../export/write-export.ts";
import type { Context } from "../context.ts";
import { Failure, reasonOf, usageError, type ExitCode } from "../exit.ts";
import { forEachFile, type OpenedFile } from "../files/open-file.ts";
import { useLittleMemory } from "../files/little-memory.ts";
import { createTemporaryTexts } from "../files/temporary.ts";
import { isSameFile, writeWholeFile } from "../files/write-file.ts";
import { readFormats } from "./formats.ts";
import { readMasks } from "./masks.ts";
import { readPart } from "./part.ts";
import { resultStream } from "./result-stream.ts";

export interface ReportOptions {
  readonly format: string;
  /** A file, a folder, or "-". */
  readonly output?: string;
  readonly payloads: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly replace?: string;
  readonly replaceField?: readonly string[];
}

export async function report(
  files: readonly string[],
  { format, output, payloads, from, to, replace, replaceField }: ReportOptions,
  context: Context,
): Promise<ExitCode> {
  useLittleMemory();
  const kinds = readFormats(format);
  const part = readPart(from, to);
  const masks = readMasks(replace, replaceField);
  const target = await targetOf(files, kinds, output, context);
  return forEachFile(files, context, async (file) => {
    const contents = { payloads, masks, ...part(file) };
    for (const kind of kinds) {
      if (target.type === "stdout")
        await writeKind(file, kind, contents, context, resultStream(context.stdout));
      else await writeTo(target.pathFor(file, kind), file, kind, contents, context);
    }
  });
}

type Target =
  | { readonly type: "stdout" }
  | { readonly type: "files"; readonly pathFor: (file: OpenedFile, kind: ExportKind) => string };

async function targetOf(
  files: readonly string[],
  kinds: readonly ExportKind[],
  output: string | undefined,
  { stdout }: Context,
): Promise<Target> {
  const isOne = files.length === 1 && kinds.length === 1;
  if (output === undefined || output === "-") {
    if (!isOne) throw usageError("several files are to be written: name a folder for them with --output.");
    if (stdout.isTTY === true && kinds.some((kind) => formatOf(kind).gzip))
      throw usageError("compressed content isn't for a terminal: name a file with --output.");
    return { type: "stdout" };
  }
  if (output === "") throw usageError("--output is empty: name a file, or a folder.");
  const isFolder =
    /[\\/]$/.test(output) ||
    (await stat(output).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  if (isOne && !isFolder) return { type: "files", pathFor: () => output };
  if (!isFolder && EXPORT_FORMATS.some(({ kind }) => output.toLowerCase().endsWith(`.${kind}`)))
    throw usageError(
      `several files are to be written, and ${output} is the name of one: name a folder for them with --output.`,
    );
  await mkdir(output, { recursive: true }).catch((error: unknown) => {
    throw new Failure(`${output}: ${reasonOf(error)}`);
  });
  const used = new Set<string>();
  return {
    type: "files",
    pathFor({ stem }, kind) {
      // Two recordings may have one name in different folders.
      for (let n = 1; ; n++) {
        const name = `${stem}${n === 1 ? "" : `-${n}`}.${kind}`;
        if (used.has(name)) continue;
        used.add(name);
        return path.join(output, name);
      }
    },
  };
}

async function writeTo(
  to: string,
  file: OpenedFile,
  kind: ExportKind,
  contents: ExportContents,
  context: Context,
): Promise<void> {
  if (file.path !== null && (await isSameFile(to, file.path)))
    throw usageError(`${to} is the recording itself: name another file.`);
  await writeWholeFile(to, (into) => writeKind(file, kind, contents, context, into));
}

async function writeKind(
  { name, recording }: OpenedFile,
  kind: ExportKind,
  contents: ExportContents,
  { version, reportStyle, now }: Context,
  to: Writable,
): Promise<void> {
  const texts = createTemporaryTexts();
  const pieces = writeExport(
    recording,
    kind,
    contents,
    {
      hubscope: version,
      writtenAt: now(),
      zone: LOCAL,
      reportStyle,
      warnings: [...recording.notes, ...recording.warnings],
    },
    texts.putAway,
  );
  async function* data(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces)
      if (typeof piece === "string") yield Buffer.from(piece);
      else if (piece.length > 0) yield* texts.read(piece) as AsyncIterable<Uint8Array>;
  }
  try {
    const from = Readable.from(data());
    if (formatOf(kind).gzip) await pipeline(from, createGzip(), to);
    else await pipeline(from, to);
  } catch (error) {
    if (error instanceof NothingInRange) throw usageError(`${name}: ${error.message}.`);
    throw error;
  } finally {
    texts.close();
  }
}
