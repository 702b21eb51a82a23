/** The checks that run in a worker: those of what the hook wraps there, and what a worker could see of it. */
import { describeProperties, type Checks } from "./check.ts";
import { sharedClauses } from "./shared-clauses.ts";

/** The global object and what it inherits from, up to EventTarget. */
function globalsOf(): object[] {
  const found: object[] = [];
  for (
    let one: object | null = globalThis;
    one && one !== Object.prototype;
    one = Reflect.getPrototypeOf(one)
  )
    found.push(one);
  return found;
}

const where = (error: unknown): { file: string; line: string; column: string } => {
  const [, file = "", line = "", column = ""] =
    /(\/worker\.js)[^:\s]*:(\d+):(\d+)/.exec((error as Error).stack ?? "") ?? [];
  return { file, line, column };
};

const worker: Checks = {
  "names of the global object": () => globalsOf().map((one) => Reflect.ownKeys(one).map(String).sort()),
  "properties of the global object": () => globalsOf().map(describeProperties),
  "its address": () => [location.pathname, location.origin, self.name],
  "lines and columns of its errors": () => where(new Error("here")),
  "its script, fetched again": async () => (await (await fetch(location.href)).text()).length,
  "performance entries of ours": () =>
    performance
      .getEntries()
      .map(({ name }) => name)
      .filter((name) => /extension|hubscope/i.test(name)),
  "locks and caches": async () => [(await navigator.locks.query()).held?.length, await caches.keys()],
};

/** They never end in a worker without us either: the first as Firefox is, the second as it names the window in a text. */
const NOT_IN_WORKERS = ["aborted before it was sent, and after its end", "this in sloppy code"];

function inAnyWorker(checks: Checks): Checks {
  return Object.fromEntries(Object.entries(checks).filter(([name]) => !NOT_IN_WORKERS.includes(name)));
}

export const workerClauses = {
  ...sharedClauses,
  "XMLHttpRequest: life": inAnyWorker(sharedClauses["XMLHttpRequest: life"]),
  timers: inAnyWorker(sharedClauses.timers),
  worker,
} satisfies Record<string, Checks>;

export type WorkerClause = keyof typeof workerClauses;
