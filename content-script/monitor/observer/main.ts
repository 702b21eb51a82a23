/** Entry point of the observer: what a sampled page loads. It watches, and tells connections, interruptions and their causes. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { MonitorOptions } from "../api.ts";
import type { Trouble } from "../judge/trouble.ts";
import { guarded } from "../../sentinel/platform/guard.ts";
import { nativeTimeout, now } from "../../sentinel/platform/natives.ts";
import { createConnections } from "../telemetry/connections.ts";
import { createDelivery } from "../telemetry/delivery.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { pagePorts } from "../telemetry/ports.ts";
import { readSettings } from "../telemetry/settings.ts";
import { causeAttributes, connectionSpan, TRANSPORT, troubleSpan } from "../telemetry/spans.ts";
import { hubUrlOf } from "../../../extension/core/protocol/addresses.ts";
import { createJudging } from "./judging.ts";
import { createMonitorRecorder } from "./recorder.ts";
import { watchConnections } from "./watch.ts";

/** Defined by the build. */
declare const hubscopeVersion: string;

export interface Observer {
  flush(): Promise<void>;
  stop(): void;
}

export function observe(options: MonitorOptions): Observer {
  const settings = readSettings(options, hubscopeVersion);
  const metrics = createMetrics(now(), settings.rate);
  const delivery = createDelivery(
    settings,
    {
      take: () => metrics.take(now()),
      dropped: (spans) => {
        metrics.add("hubscope.telemetry.dropped", {}, spans);
      },
    },
    pagePorts(options),
  );
  let isUsed = false;
  let isInterrupted = false;

  const tell = (trouble: Trouble): void => {
    // The end of a page isn't a drop.
    if (trouble.verdict?.cause === "page-left") return;
    delivery.add(troubleSpan(trouble, now(), settings));
    const hub = { "hubscope.hub": settings.hubPath(trouble.hubUrl) };
    metrics.add("hubscope.interruptions", {
      ...{ ...hub, "hubscope.kind": trouble.kind, "hubscope.recovered": trouble.recovered },
      ...causeAttributes(trouble),
    });
    if (trouble.recovered && trouble.until !== null)
      metrics.recovered({ ...hub, "hubscope.kind": trouble.kind }, trouble.until - trouble.from);
    if (!isInterrupted) metrics.add("hubscope.pages.interrupted");
    isInterrupted = true;
  };
  const connections = createConnections({
    connected({ url, transport }) {
      metrics.add("hubscope.connections", {
        "hubscope.hub": settings.hubPath(hubUrlOf(url)),
        "signalr.transport": TRANSPORT[transport],
      });
      if (options.judge === "early") void judging.load();
    },
    ended(connection, end) {
      delivery.add(connectionSpan(connection, end, now(), settings));
    },
    troubled: () => {
      judging.want();
    },
    answered() {
      if (judging.wanted) void judging.load();
    },
  });
  const take = (event: RecordedEvent): void => {
    guarded(() => {
      if (!isUsed && (event.kind === "negotiate" || event.kind === "socket")) {
        isUsed = true;
        metrics.add("hubscope.pages");
      }
      judging.take(event);
      connections.take(event);
    });
  };
  const recorder = createMonitorRecorder(take);
  const judging = createJudging({
    noted: recorder.noted,
    load: () => import("../judge/main.ts").then(({ createJudge }) => createJudge),
    unjudged: connections.troubles,
    tell,
    startOver() {
      connections.forgetTroubles();
      watch.startOver();
    },
    after(wait, run) {
      nativeTimeout(run, wait);
    },
    now,
  });
  const end = (): void => {
    judging.tellAll();
    for (const connection of connections.open())
      delivery.add(connectionSpan(connection, null, now(), settings));
  };
  const watch = watchConnections(
    recorder,
    {
      leaving() {
        end();
        delivery.flushLast();
      },
      back: () => {
        judging.startOver();
      },
      hidden() {
        void flush();
      },
    },
    options.findClients ?? true,
  );
  const flush = async (): Promise<void> => {
    if (judging.wanted) await judging.load();
    guarded(judging.tellEnded);
    await delivery.flush();
  };
  return {
    flush,
    stop() {
      guarded(end);
      watch.stop();
      void delivery.flush();
    },
  };
}
