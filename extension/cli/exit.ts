/** How the command ends. docs/command-line.md describes it. */
export const EXIT = {
  ok: 0,
  /** `check`: at least one finding or scenario is as bad as `--fail-on` says. */
  found: 1,
  usage: 2,
  /** A file can't be read or written, or a page can't be recorded. */
  failed: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with one sentence for the user. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly code: ExitCode = EXIT.failed,
  ) {
    super(message);
  }
}

export const usageError = (message: string): Failure => new Failure(message, EXIT.usage);

/** "no such file" rather than "ENOENT: no such file or directory, open 'a.json'". */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  const known: Readonly<Record<string, string>> = {
    ENOENT: "no such file or folder",
    EACCES: "no permission",
    EPERM: "no permission",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of its path is not a folder",
    ENOSPC: "the disk is full",
    EIO: "the device reports an error",
    EEXIST: "it exists already",
    EADDRINUSE: "the port is in use",
  };
  return known[code] ?? error.message;
}
