/** Puts Hubscope into a page that Playwright or Puppeteer drives. */
import { readFile } from "node:fs/promises";
import type { DoctorResult, ScenarioResult, Scorecard } from "../../content-script/page-build/api.ts";
import { isObject } from "../core/is-object.ts";
import type { HubscopePage } from "./hubscope-page.ts";
import { script } from "./page.ts";

/** What is needed of a page. */
export interface DrivenPage {
  /** Runs a script in every new document, before the page's own. */
  readonly addScript: (source: string) => Promise<unknown>;
  /** Defines a global function in every new document. */
  readonly expose: (name: string, call: (text: string) => void) => Promise<unknown>;
  /** The value of an expression; that of a promise once it is resolved. */
  readonly evaluate: (expression: string) => Promise<unknown>;
}

/** In content-script/page-build/hand-over.ts. */
const KEEP = "__hubscopeKeep";
/** Recordings of more documents are only counted as lost, oldest first: a test that loads pages in a loop must not fill the memory. */
const MOST_KEPT = 50;

const NOT_THERE =
  "Hubscope is not in this page: it was opened before Hubscope was installed, or it is not an HTML page";

export async function installIn(page: DrivenPage): Promise<HubscopePage> {
  /** By the id of the document. null: it is not over yet, or was lost. */
  const documents = new Map<string, object | null>();
  /** The document that is open. null: not known. */
  let current: string | null = null;
  const keep = (id: string, recording: object | null): void => {
    documents.set(id, recording);
    const kept = [...documents].filter(([, one]) => one !== null);
    for (const [old] of kept.slice(0, -MOST_KEPT)) documents.set(old, null);
  };
  await page.expose(KEEP, (text) => {
    const { page: id, recording } = JSON.parse(text) as { page: string; recording?: object };
    if (!documents.has(id)) current = null;
    keep(id, recording ?? documents.get(id) ?? null);
  });
  await page.addScript(await readFile(script, "utf8"));

  const call = async (method: string, ...args: readonly unknown[]): Promise<unknown> => {
    const given = args.map((one) => (one === undefined ? "undefined" : JSON.stringify(one))).join(", ");
    // Errors as values: on their way to the test browsers put words of their own around them.
    const answer = await page.evaluate(`(async () => {
      if (!window.__hubscope) return { error: ${JSON.stringify(`${method}: ${NOT_THERE}.`)} };
      try {
        return { value: await window.__hubscope.${method}(${given}) };
      } catch (error) {
        return { error: String(error && error.message || error) };
      }
    })()`);
    if (isObject(answer) && typeof answer["error"] === "string") throw new Error(answer["error"]);
    return isObject(answer) ? answer["value"] : undefined;
  };
  const recording = async (): Promise<object> => {
    const own = (await call("recording")) as { readonly pages: readonly { readonly page: string }[] };
    current = own.pages[0]?.page ?? null;
    // Newer than what was handed over; and all there will be, where nothing is handed over in time.
    if (current !== null) keep(current, own);
    return own;
  };
  const recordings = async (): Promise<readonly object[]> => {
    // The page may be closed, or show what has no script: the documents before it are worth having anyway.
    const own = await recording().catch(() => null);
    const before = [...documents].flatMap(([id, one]) => (one === null || id === current ? [] : [one]));
    return own === null ? before : [...before, own];
  };
  return {
    connected: async (options) => {
      await call("connected", options);
    },
    run: async (scenario, options) => (await call("run", scenario, options)) as ScenarioResult,
    inject: async (fault) => (await call("inject", fault)) as number,
    async injectAtLoad(fault) {
      // A document that isn't HTML has no Hubscope. What is wrong with a fault is said where a page's errors are.
      await page.addScript(`window.__hubscope && void window.__hubscope.inject(${JSON.stringify(fault)});`);
    },
    end: async (fault) => {
      await call("end", fault);
    },
    doctor: async (options) => (await call("doctor", options)) as DoctorResult,
    scorecard: async () => (await call("scorecard")) as Scorecard,
    async interruptions() {
      // Only few tests need it.
      const { analyze, readRecording } = await import("./core.ts");
      return (await analyze(await readRecording(await recording()))).interruptions;
    },
    recording,
    recordings,
    async send(options) {
      // It is loaded when it is used.
      const { sendRecordings } = await import("./send-recordings.ts");
      return sendRecordings(await recordings(), options);
    },
    get lost() {
      // The newest one is most likely the one that is open.
      const open = current ?? [...documents.keys()].at(-1);
      return [...documents].filter(([id, one]) => one === null && id !== open).length;
    },
  };
}
