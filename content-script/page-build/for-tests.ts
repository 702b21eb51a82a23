/** The API for tests. */
import { redactUrl } from "../../extension/core/redaction/redact.ts";
import { writeRecordingFile } from "../../extension/core/recording/recording-file.ts";
import { BUILT_IN_SCENARIOS } from "../../extension/core/scenarios/built-ins.ts";
import { cleanScorecard } from "../../extension/core/scenarios/read-scorecard.ts";
import { runScenario } from "../../extension/core/scenarios/run.ts";
import { newScorecard, withResult } from "../../extension/core/scenarios/scorecard.ts";
import type { ScenarioResult } from "../../extension/core/scenarios/result.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { readSendOrder } from "../../extension/otlp/send/read-order.ts";
import { reportOf } from "../../extension/core/doctor/report-of.ts";
import type { Doctor } from "../hook/transport/doctor-hooks.ts";
import type { Hubscope } from "./api.ts";
import { findingsIn } from "./findings.ts";
import type { PageEvents } from "./page-events.ts";
import { sleep, type PagePorts } from "./ports.ts";
import {
  readDoctorOptions,
  readFaultToEnd,
  readFaultToInject,
  readPatience,
  readRunOptions,
  readScenario,
} from "./read-options.ts";
import { sendRecorded } from "./send.ts";

/** The calls that an app makes at its start come within this time after connecting. */
const A_MOMENT: Milliseconds = 1_000;
const LOOK: Milliseconds = 100;

interface ForTests {
  readonly api: Hubscope;
  /** Everything recorded, as the text of a file. */
  readonly recordingText: () => string;
}

export function forTests(version: string, recorded: PageEvents, ports: PagePorts, doctor: Doctor): ForTests {
  const browser = navigator.userAgent.includes("Firefox/") ? "firefox" : "chromium";
  const results = new Map<string, ScenarioResult>();
  let running: AbortController | undefined;

  const scorecard = () =>
    cleanScorecard(
      [...results.values()].reduce(
        withResult,
        newScorecard({ hubscope: version, madeAt: ports.now(), url: redactUrl(location.href), browser }),
      ),
    );
  const isConnected = (): boolean =>
    ports.model().hubs.some(({ states }) => {
      const last = states.at(-1);
      return last?.state === "connected" && ports.now() - last.from >= A_MOMENT;
    });

  const recordingText = (): string => {
    ports.model();
    return writeRecordingFile(
      [{ page: recorded.page, recording: recorded.page, url: location.href, events: recorded.events }],
      {
        exportedAt: new Date(ports.now()).toISOString(),
        hubscope: version,
        scorecard: results.size > 0 ? scorecard() : null,
      },
    );
  };

  const api: Hubscope = {
    version,
    scenarios: BUILT_IN_SCENARIOS.map(({ name }) => name),
    async connected(options) {
      const within = readPatience(options);
      const end = ports.now() + within;
      while (!isConnected()) {
        if (ports.now() >= end)
          throw new Error(`connected: no SignalR connection of this page was connected within ${within} ms.`);
        await sleep(LOOK);
      }
    },
    async inject(fault) {
      const answer = await ports.inject(readFaultToInject(fault));
      if (!answer.ok) throw new Error(`inject: ${answer.error}`);
      return answer.fault;
    },
    async end(fault) {
      const which = readFaultToEnd(fault);
      if (which === "all") {
        running?.abort();
        doctor.end("cancelled");
        ports.endAll();
        return;
      }
      const answer = await ports.end(recorded.page, which);
      if (!answer.ok) throw new Error(`end: ${answer.error}`);
    },
    async run(scenario, options) {
      const read = readScenario(scenario);
      const how = readRunOptions(options);
      if (running) throw new Error("run: a scenario is running already; they go one at a time.");
      running = new AbortController();
      try {
        const result = await runScenario(read, { ...ports, signal: running.signal }, { ...how, browser });
        results.set(read.name, result);
        // The same as in a file: a copy, without secrets.
        return cleanScorecard({ ...scorecard(), results: [result] }).results[0] ?? result;
      } finally {
        running = undefined;
      }
    },
    async doctor(options) {
      const answer = doctor.start(readDoctorOptions(options, ports.model()));
      if (!answer.ok) throw new Error(`doctor: ${answer.error}`);
      for (;;) {
        await sleep(LOOK);
        const model = ports.model();
        const run = model.pages
          .flatMap(({ doctorRuns }) => doctorRuns)
          .find((one) => one.run === answer.fault);
        if (!run || run.until === null) continue;
        if (run.end !== "completed") throw new Error(`doctor: ${run.detail ?? "it was ended"}.`);
        return { ...reportOf(run, model), facts: run.facts };
      }
    },
    recording: () => Promise.resolve(JSON.parse(recordingText()) as object),
    findings: () => Promise.resolve(findingsIn(ports.model(), ports.now())),
    scorecard: () => Promise.resolve(scorecard()),
    async send(options) {
      const order = readSendOrder(options);
      if (typeof order === "string") throw new Error(`send: ${order}.`);
      ports.model();
      return sendRecorded(recorded, order, version);
    },
  };
  return { api, recordingText };
}
