import { zipSync, type Zippable } from "fflate";

export interface ZipFile {
  /** With forward slashes. */
  name: string;
  data: Uint8Array;
  executable?: boolean;
}

/** Only Unix attributes can mark a file as executable. */
const UNIX = 3;

/**
 * A zip archive of `files`, in the order of their names. The same files give the same bytes, whenever and wherever it is made:
 * reviewers at Mozilla build on another computer with another Node version, whose zlib may compress differently. fflate is pure
 * JavaScript, so its output doesn't depend on them.
 */
export function zip(files: readonly ZipFile[]): Buffer {
  // The earliest date in the format. fflate reads it as local time, so the time zone has no effect.
  const mtime = new Date(1980, 0, 1);
  const entries: Zippable = {};
  for (const { name, data, executable } of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const attributes = executable === undefined ? {} : { os: UNIX, attrs: mode(executable) };
    entries[name] = [data, { level: 9, mtime, ...attributes }];
  }
  return Buffer.from(zipSync(entries));
}

/** A regular file's Unix mode, at its position in the attributes. */
function mode(executable: boolean): number {
  return (0o100000 | (executable ? 0o755 : 0o644)) * 0x10000;
}
