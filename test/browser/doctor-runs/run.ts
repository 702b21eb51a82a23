/** Sets a situation up, starts the page's own client in it, and lets the connection doctor try its hub. */
import type { Browser, Page } from "puppeteer-core";
import type { DoctorResult } from "../../../content-script/page-build/api.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { createTestToken } from "../../harness/hubs/node/test-token.ts";
import type { ClientSettings } from "../../harness/clients/page.ts";
import type { ServedClients } from "../../harness/clients/serve.ts";
import type { RunningHub } from "../../harness/hubs/running-hub.ts";
import { startGateway } from "../../harness/situation/gateway.ts";
import type { DoctorSituation } from "./situations.ts";

export interface Surgery {
  readonly browser: Browser;
  /** Source text of `hubscope.js`. */
  readonly hubscope: string;
  readonly clients: ServedClients;
  readonly hubs: readonly RunningHub[];
}

export interface DoctorRun {
  readonly report: DoctorResult;
  /** "connected", or the error with which the app's start failed. null: it still goes on. */
  readonly started: string | null;
  /** The recordings before and after, as JSON. */
  readonly recordings: readonly [string, string];
}

/** Firefox can't open a page while another one is closed. */
let turn: Promise<unknown> = Promise.resolve();
const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
  const done = turn.then(act);
  turn = done.catch(() => undefined);
  return done;
};

/** A page with Hubscope as its first script. */
export async function openPage(
  { browser, hubscope, clients }: Surgery,
  connectSources?: string,
): Promise<Page> {
  const page = await inTurn(async () => (await browser.createBrowserContext()).newPage());
  await page.evaluateOnNewDocument(hubscope);
  const policy = connectSources === undefined ? "" : `&connect=${encodeURIComponent(connectSources)}`;
  await page.goto(`${clients.url("10")}${policy}`);
  return page;
}

export async function runDoctor(surgery: Surgery, situation: DoctorSituation): Promise<DoctorRun> {
  const place = await situation.at?.();
  const servers = place ? [place.url] : surgery.hubs.map(({ url }) => url);
  const behind = situation.twoServers ? servers : servers.slice(0, 1);
  const gateway =
    situation.gateway && (await startGateway(situation.gateway, behind, surgery.clients.url("10")));
  const origin = gateway?.url ?? behind[0] ?? "";
  const page = await openPage(surgery, situation.connectSources?.(origin));
  try {
    const started = await startApp(page, situation, origin);
    const before = await recordingOf(page);
    const report = await page.evaluate((options) => window.__hubscope.doctor(options), {
      stay: situation.stay ?? 0,
    });
    const after = await recordingOf(page);
    return { report, started, recordings: [before, after] };
  } finally {
    await closePage(page);
    await gateway?.stop();
    await place?.stop();
  }
}

export const closePage = (page: Page): Promise<void> => inTurn(() => page.browserContext().close());

async function startApp(
  page: Page,
  { hub = "/hubs/board", client = {}, start }: DoctorSituation,
  origin: string,
): Promise<string | null> {
  const { tokens } = client;
  const settings: ClientSettings = {
    ...client,
    hub: origin + hub,
    ...(tokens ? { tokens: tokens.map((one) => (one === "throws" ? one : testToken(Number(one)))) } : {}),
  };
  if (start !== null) return page.evaluate((given) => window.connect("app", given), settings);
  await page.evaluate((given) => void window.connect("app", given), settings);
  return null;
}

/** @param seconds until it expires */
export const testToken = (seconds: number, claims: object = {}): string =>
  createTestToken({ exp: Math.floor(Date.now() / 1_000) + seconds, ...claims });

export const recordingOf = (page: Page): Promise<string> =>
  page.evaluate(async () => JSON.stringify(await window.__hubscope.recording()));

export function eventsOf(recording: string): readonly RecordedEvent[] {
  const read = readRecordingFile(recording);
  if (!read.ok) throw new Error(read.problem);
  return read.file.pages.flatMap(({ events }) => events);
}

function modelOf(recording: string) {
  const reducer = createReducer();
  const read = readRecordingFile(recording);
  if (!read.ok) throw new Error(read.problem);
  for (const { page, events } of read.file.pages) reducer.apply(page, events);
  return reducer.model;
}

export const doctorRunsOf = (recording: string) =>
  modelOf(recording).pages.flatMap(({ doctorRuns }) => doctorRuns);
