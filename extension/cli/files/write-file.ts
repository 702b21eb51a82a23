/** Writes the files that a command is asked for. */
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { readlink, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Writable } from "node:stream";
import { Failure, reasonOf } from "../exit.ts";
import { untilReleased } from "./temporary.ts";

/** Of a new file, before the user's umask. */
const USUAL_MODE = 0o666;

interface Place {
  /** Links are followed. */
  readonly path: string;
  /** A regular file, or nothing yet. Otherwise it is a device, a pipe or a folder, which must stay what it is. */
  readonly isFile: boolean;
  readonly mode: number;
}

/**
 * A file that breaks off half-way would look like a whole one: it gets its name when it is complete. Until then it has a name that
 * nobody can know, so that no other file is touched.
 * @throws Failure, with the file's name
 */
export async function writeWholeFile(to: string, fill: (into: Writable) => Promise<void>): Promise<void> {
  try {
    const { path: real, isFile, mode } = await placeOf(to);
    if (isFile) await writeBeside(real, mode, fill);
    else await fill(createWriteStream(real));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${to}: ${reasonOf(error)}`);
  }
}

async function writeBeside(
  real: string,
  mode: number,
  fill: (into: Writable) => Promise<void>,
): Promise<void> {
  const part = path.join(path.dirname(real), `.hubscope-${randomBytes(8).toString("hex")}.part`);
  const kept = untilReleased(part);
  try {
    await fill(createWriteStream(part, { flags: "wx", mode }));
    await rename(part, real);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    kept.release();
  }
}

/** Whether both are one file, whatever links lead there. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all(
    [one, other].map((file) =>
      placeOf(file).then(
        (place) => path.resolve(place.path),
        () => path.resolve(file),
      ),
    ),
  );
  return first === second;
}

async function placeOf(to: string): Promise<Place> {
  const found = await stat(to).catch(nullIfMissing);
  // The path behind a link to an open pipe, as /dev/stdout is one, is none that can be opened.
  if (found && !found.isFile()) return { path: to, isFile: false, mode: USUAL_MODE };
  if (found) return { path: await realpath(to), isFile: true, mode: found.mode & 0o777 };
  const link = await readlink(to).catch(() => null);
  const folder = await realpath(path.dirname(to)).catch(nullIfMissing);
  if (link !== null && folder !== null) return placeOf(path.resolve(folder, link));
  const real = folder === null ? to : path.join(folder, path.basename(to));
  return { path: real, isFile: true, mode: USUAL_MODE };
}

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
