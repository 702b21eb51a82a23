/**
 * `npm run bench:hook`: how much processor time Hubscope costs a page. The same page with and without the extension, in two
 * browsers, in alternating rounds; the real client; 50,000 inbound messages of 200 bytes, payloads off (no panel open).
 * Prints ratios with their spread. Fails only if a run was not possible or a message was not recorded.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { buildExtension } from "../../scripts/build.ts";
import { MeasuredBrowser, type Round } from "./measured-browser.ts";

const MESSAGES = 50_000;
const SIZE = 200;
const CALLS = 400;
const ROUNDS = 7;
const LOADS = 15;

const TARGETS: Readonly<
  Record<
    keyof Round,
    { readonly name: string; readonly target: string; readonly met: (ratio: number) => boolean }
  >
> = {
  pageCpu: { name: "page CPU per message", target: "≤ 1.15", met: (ratio) => ratio <= 1.15 },
  browserCpu: { name: "browser CPU per message", target: "≤ 1.80", met: (ratio) => ratio <= 1.8 },
  throughput: { name: "throughput", target: "≥ 0.85", met: (ratio) => ratio >= 0.85 },
  roundTrip: { name: "invoke round trip", target: "≤ 1.10", met: (ratio) => ratio <= 1.1 },
};

const { outDir } = await buildExtension({ browser: "chrome", outDir: "dist/bench" });
const hub = await startHub();
const pages = await servePages();
const withUs = await MeasuredBrowser.launch(pages.bench, `${hub.url}/hubs/board`, outDir);
const without = await MeasuredBrowser.launch(pages.bench, `${hub.url}/hubs/board`, null);
try {
  console.log(
    `${MESSAGES.toLocaleString("en")} messages of ${SIZE} bytes a round, ${ROUNDS} rounds in turn, after one to warm up`,
  );
  const rounds: { with: Round; without: Round }[] = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const pair = {
      without: await without.round(MESSAGES, SIZE, CALLS),
      with: await withUs.round(MESSAGES, SIZE, CALLS),
    };
    if (i > 0) rounds.push(pair);
  }
  for (const figure of Object.keys(TARGETS) as (keyof Round)[]) {
    const { name, target, met } = TARGETS[figure];
    const ratios = rounds.map((pair) => pair.with[figure] / pair.without[figure]).sort((a, b) => a - b);
    const ratio = middle(ratios);
    const spread = `${ratios[0]?.toFixed(2) ?? ""}–${ratios.at(-1)?.toFixed(2) ?? ""}`;
    const values = `${middle(rounds.map((pair) => pair.with[figure])).toFixed(2)} with, ${middle(rounds.map((pair) => pair.without[figure])).toFixed(2)} without`;
    console.log(
      `${name.padEnd(26)} ${ratio.toFixed(2)}  (${spread})  target ${target} ${met(ratio) ? "met" : "MISSED"}  ${values}`,
    );
  }
  await benchEmptyPage();
  const expected = MESSAGES * (ROUNDS + 1);
  const recorded = await withUs.recorded();
  console.log(`recorded ${recorded.toLocaleString("en")} of ${expected.toLocaleString("en")} messages`);
  if (recorded !== expected) {
    console.error("Messages are missing or counted twice.");
    process.exitCode = 1;
  }
} finally {
  await withUs.close();
  await without.close();
  pages.stop();
  hub.stop();
}

async function benchEmptyPage(): Promise<void> {
  const times = { with: [] as number[], without: [] as number[] };
  for (let i = 0; i < LOADS; i++) {
    times.without.push(await without.scriptTime(pages.blank));
    times.with.push(await withUs.scriptTime(pages.blank));
  }
  console.log(
    `script time of a page without SignalR: ${middle(times.with).toFixed(2)} ms with, ${middle(times.without).toFixed(2)} ms without; ${(middle(times.with) - middle(times.without)).toFixed(2)} ms for us (wanted: under 1)`,
  );
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Starts the hub in a separate process, so that its CPU time isn't measured. */
async function startHub(): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, ["--import", "tsx", "test/harness/hubs/node/main.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = (await once(createInterface(child.stdout), "line")) as [string];
  return { url: url.replace(/\/$/, ""), stop: () => child.kill() };
}

async function servePages(): Promise<{ bench: string; blank: string; stop: () => void }> {
  const bundle = await build({
    entryPoints: ["test/bench/page.ts"],
    bundle: true,
    minify: true,
    format: "iife",
    write: false,
  });
  const script = bundle.outputFiles[0]?.text ?? "";
  const server = createServer((request, response) => {
    const blank = request.url === "/blank";
    response.writeHead(200, { "Content-Type": request.url === "/page.js" ? "text/javascript" : "text/html" });
    response.end(
      request.url === "/page.js"
        ? script
        : `<!doctype html><meta charset="utf-8"><title>bench</title>${blank ? "" : '<script src="/page.js"></script>'}`,
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { bench: `${base}/`, blank: `${base}/blank`, stop: () => server.close() };
}
