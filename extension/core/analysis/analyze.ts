/** Takes from a model what it says, for programs that know nothing of the model. */
import { verdictOf } from "../diagnosis/diagnose.ts";
import { looksLike } from "../diagnosis/looks-like.ts";
import { laterRuns } from "../diagnosis/findings/later-runs.ts";
import { findIn, isFound, worstFirst } from "../diagnosis/findings/find.ts";
import { FINDINGS } from "../diagnosis/findings/registry.ts";
import { downtimesOf } from "../model/downtimes-of.ts";
import type { Downtime, HubConnectionModel, RecordingModel } from "../model/types.ts";
import type { ScenarioResult } from "../scenarios/result.ts";
import type { Analysis, Finding, HubConnection, Interruption } from "./analysis.ts";

/** @param runs scenarios that were run in the recording, oldest first */
export const analyze = (model: RecordingModel, runs: readonly ScenarioResult[]): Analysis => ({
  from: model.from,
  to: model.to,
  hubs: model.hubs.map((hub) => hubOf(hub, model)),
  interruptions: interruptionsOf(model),
  findings: findingsOf(model, runs),
  dropped: model.dropped,
});

/** Without findings, which take most of the time. */
export const interruptionsOf = (model: RecordingModel): Interruption[] =>
  model.hubs
    .flatMap((hub) => downtimesOf(hub).map((one) => interruptionOf(one, hub)))
    .sort((a, b) => a.from - b.from);

function findingsOf(model: RecordingModel, runs: readonly ScenarioResult[]): Finding[] {
  const later = laterRuns(model, model.to, runs);
  return worstFirst(findIn(model, model.to).filter(isFound)).map((result): Finding => {
    const { severity, say, changes, moments } = result.answer;
    const { title, why, link } = FINDINGS[result.id];
    return {
      ...{ id: result.id, url: result.url, severity, title, say, why, link },
      gone: later(result)?.state === "gone",
      changes: changes.map(({ where, text, snippet }) => ({
        ...{ where, text },
        ...(snippet ? { code: snippet.code } : {}),
      })),
      moments: moments.map(({ t, text }) => ({ t, text })),
    };
  });
}

const hubOf = (hub: HubConnectionModel, { to }: RecordingModel): HubConnection => ({
  ...{ key: hub.key, url: hub.url, page: hub.page, transport: hub.transport, protocol: hub.protocol },
  clientVersion: hub.clientVersion,
  connected: hub.states.reduce(
    (sum, { state, from, until }) => (state === "connected" ? sum + (until ?? to) - from : sum),
    0,
  ),
  messages: { received: hub.totals.in.messages, sent: hub.totals.out.messages },
});

const RECOVERED: ReadonlySet<string> = new Set<Downtime["outcome"]>([
  "reconnected",
  "resumed",
  "restarted",
  "connected",
]);

function interruptionOf(one: Downtime, hub: HubConnectionModel): Interruption {
  const { cause, title, confidence, obstacle, evidence, ruledOut } = verdictOf(one);
  return {
    ...{ kind: one.kind, key: one.key, hub: hub.key, url: hub.url, from: one.from, until: one.until },
    ...{ outcome: one.outcome, recovered: RECOVERED.has(one.outcome), attempts: one.attempts.length },
    ...{ cause, title, confidence, looksLike: looksLike(one).cause },
    obstacle: obstacle && { name: obstacle.name, title: obstacle.title },
    evidence: evidence.map(({ t, text }) => ({ t, text })),
    ruledOut,
  };
}
