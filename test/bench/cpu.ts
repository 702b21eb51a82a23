/** Processor time of a browser, read from Linux's /proc. */
import { readFileSync, readdirSync } from "node:fs";

/** Processor time of the main thread of `pid` in nanoseconds, from its schedstat. */
export function mainThreadTime(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]);
}

/** Processor time of `pid` and its descendants in nanoseconds, ended threads included, with a resolution of 10 ms per process. */
export function treeTime(pid: number): number {
  const tree = processTree(pid);
  return tree.reduce((sum, member) => sum + member.time, 0);
}

/** `pid` and its descendants. */
export function processTree(pid: number): { readonly pid: number; readonly time: number }[] {
  const all = new Map<number, { parent: number; time: number }>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(name);
    if (!stat) continue;
    // After the name in brackets: state, parent, …, utime and stime as 12th and 13th.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    all.set(Number(name), {
      parent: Number(fields[1]),
      time: (Number(fields[11]) + Number(fields[12])) * 10_000_000,
    });
  }
  const inTree = (member: number): boolean => {
    for (let at: number | undefined = member; at !== undefined && at > 1; at = all.get(at)?.parent)
      if (at === pid) return true;
    return false;
  };
  return [...all].filter(([member]) => inTree(member)).map(([member, { time }]) => ({ pid: member, time }));
}

export const isRenderer = (pid: number): boolean =>
  readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer");

function readStat(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null; // the process has just ended
  }
}
