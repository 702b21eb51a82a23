/** Temporary files. They are removed when the command ends, however it ends. */
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";

const paths = new Set<string>();

process.on("exit", removeTemporary);

/** Called for signals, too: by the entry point. */
export function removeTemporary(): void {
  for (const one of paths) remove(one);
}

/** Removes the file, too, should the command end before `release` is called. */
export function untilReleased(file: string): { release(): void } {
  paths.add(file);
  return {
    release() {
      paths.delete(file);
    },
  };
}

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "hubscope-"));
  paths.add(folder);
  return folder;
}

function remove(fileOrFolder: string): void {
  rmSync(fileOrFolder, { recursive: true, force: true });
  paths.delete(fileOrFolder);
}

/** Where a text is in the file. */
export interface Kept {
  readonly at: number;
  readonly length: number;
}

/** Texts that an export puts away until later, in one file. */
export interface TemporaryTexts {
  putAway(text: string): Kept;
  read(kept: Kept): Readable;
  close(): void;
}

/** Its file is made when something is put away. */
export function createTemporaryTexts(): TemporaryTexts {
  let open: { readonly folder: string; readonly file: string; readonly fd: number } | null = null;
  let end = 0;
  const opened = (): NonNullable<typeof open> => {
    if (open) return open;
    const folder = newFolder();
    const file = path.join(folder, "kept");
    return (open = { folder, file, fd: openSync(file, "wx+", 0o600) });
  };
  return {
    putAway(text) {
      const { fd } = opened();
      const data = Buffer.from(text);
      const at = end;
      for (let written = 0; written < data.length;) written += writeSync(fd, data, written);
      end += data.length;
      return { at, length: data.length };
    },
    read: ({ at, length }) =>
      createReadStream(opened().file, { start: at, end: at + Math.max(0, length - 1) }),
    close() {
      if (!open) return;
      closeSync(open.fd);
      remove(open.folder);
      open = null;
    },
  };
}

/** Standard input as a file, as it can be read only once. */
export async function spooled(input: Readable): Promise<{ readonly file: string; remove(): void }> {
  const folder = newFolder();
  const file = path.join(folder, "standard-input");
  try {
    await writeFile(file, input, { mode: 0o600 });
  } catch (error) {
    remove(folder);
    throw error;
  }
  return { file, remove: () => remove(folder) };
}
