/**
 * `npm run bench:watched`: what it costs a page with SignalR that the panel is open, in DevTools or in a window of its own, and
 * how smooth the panel is. See docs/performance.md.
 *
 *   npm run bench:watched -- [--kinds devtools,window] [--cases one,twenty,huge,flow] [--rounds 5] [--seconds 60] [--build dist/chrome]
 *
 * Fails only if a run was not possible, or if the panel doesn't show what was sent.
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { buildExtension } from "../../scripts/build.ts";
import { startServer } from "./hook/start-server.ts";
import { describeMachine } from "./machine.ts";
import { CASES, KINDS, OURS, flow, type Kind, type Variant, type WatchedCase } from "./watched/cases.ts";
import { writeInertExtension } from "./watched/inert-extension.ts";
import { printCase, printFrames, printTasks, type Round } from "./watched/report.ts";
import { WatchedBrowser } from "./watched/watched-browser.ts";

const FLOW = "flow";
const isKind = (name: string): name is Kind => Object.hasOwn(KINDS, name);

const { values } = parseArgs({
  options: {
    kinds: { type: "string", default: Object.keys(KINDS).join(",") },
    cases: { type: "string", default: [...Object.keys(CASES), FLOW].join(",") },
    rounds: { type: "string", default: "5" },
    /** How long the flow lasts for the panel's frames. */
    seconds: { type: "string", default: "60" },
    /** A build of the extension; without it, one is made. */
    build: { type: "string" },
  },
});
const rounds = Number(values.rounds);
const kinds = values.kinds.split(",").map((name) => {
  if (!isKind(name)) throw new Error(`no kind "${name}"; there are ${Object.keys(KINDS).join(", ")}`);
  return name;
});
const cases = values.cases.split(",").map((name): [string, WatchedCase | typeof FLOW] => {
  const it = name === FLOW ? FLOW : CASES[name];
  if (!it) throw new Error(`no case "${name}"; there are ${Object.keys(CASES).join(", ")}, ${FLOW}`);
  return [name, it];
});

const folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-bench-watched-"));
const dirs = {
  ours: path.resolve(values.build ?? path.join(folder, "ours")),
  inert: path.join(folder, "inert"),
};
if (values.build === undefined) await buildExtension({ browser: "chrome", outDir: dirs.ours });
await writeInertExtension(dirs.inert);
const server = await startServer();
try {
  for (const kind of kinds) await measureKind(kind);
} finally {
  server.stop();
  await rm(folder, { recursive: true });
}

async function measureKind(kind: Kind): Promise<void> {
  const browsers = new Map<Variant, WatchedBrowser>();
  const browserOf = (variant: Variant): WatchedBrowser => {
    const browser = browsers.get(variant);
    if (!browser) throw new Error(`${variant} was not launched`);
    return browser;
  };
  const { variants, title } = KINDS[kind];
  try {
    for (const variant of variants) browsers.set(variant, await WatchedBrowser.launch(kind, variant, dirs));
    const ours = browserOf(OURS[kind]);
    console.log(`\n${describeMachine(await ours.version())}\n${kind}: ${title}`);
    for (const [name, it] of cases) {
      if (it === FLOW) await measureFlow(kind, browsers);
      else {
        const measured: Round[] = [];
        for (let i = 0; i < rounds; i++) {
          const round = new Map<Variant, Awaited<ReturnType<WatchedBrowser["measure"]>>>();
          // Every other round in reverse order: no variant always comes first.
          for (const variant of i % 2 === 0 ? variants : variants.toReversed())
            round.set(variant, await browserOf(variant).measure(server.url, it));
          measured.push(round);
        }
        printCase(kind, name, it, variants, measured);
        printTasks(await ours.traced(server.url, { ...it, messages: it.traced }));
      }
    }
  } finally {
    for (const browser of browsers.values()) await browser.close();
  }
}

async function measureFlow(kind: Kind, browsers: ReadonlyMap<Variant, WatchedBrowser>): Promise<void> {
  const traffic = flow(kind, Number(values.seconds));
  console.log(
    `\n${kind}, flow: ${traffic.perSecond?.toLocaleString("en") ?? ""} messages of ${traffic.size} bytes a second for ${values.seconds} s, ${traffic.perFrame} a frame`,
  );
  for (const [variant, browser] of browsers) {
    if (variant === "alone" || variant === "inert") continue;
    const { notes, elapsed, shown } = await browser.frames(server.url, traffic);
    printFrames(variant, notes, elapsed, shown);
  }
}
