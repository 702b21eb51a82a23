import { accessSync, constants, readFileSync, statSync } from "node:fs";

/** What the browser finder needs to know about the computer; tests pass a fake. */
export interface System {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  isRoot: boolean;
  isExecutable(file: string): boolean;
  /** The lines of `/etc/os-release` by name, empty where there is none. */
  osRelease(): ReadonlyMap<string, string>;
}

export const thisSystem: System = {
  platform: process.platform,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  isExecutable(file) {
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      // Missing or not executable: it can't be used.
      return false;
    }
  },
  osRelease() {
    try {
      return parseOsRelease(readFileSync("/etc/os-release", "utf8"));
    } catch {
      // Only some Linux systems have it.
      return new Map();
    }
  },
};

export function parseOsRelease(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, name, value] = /^(\w+)="?(.*?)"?$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) fields.set(name, value);
  }
  return fields;
}

/** Whether there is a display for a window. */
export const hasDisplay = ({ platform, env } = thisSystem): boolean =>
  platform !== "linux" || Boolean(env["DISPLAY"]) || Boolean(env["WAYLAND_DISPLAY"]);
