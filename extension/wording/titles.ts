/** Titles of cards: how long an interruption took, or how a start failed. Pure. */
import type { CircuitFate } from "../core/model/circuit-types.ts";
import type { Hang, Trouble } from "../core/diagnosis/hang.ts";
import { stepName, waitingWords } from "../core/diagnosis/wait-words.ts";
import type { FailedStartModel, InterruptionModel } from "../core/model/types.ts";
import { counted, duration } from "../core/text/format.ts";
import { isForGood } from "./so-far.ts";

export function titleOf(one: Trouble, now: number): string {
  switch (one.kind) {
    case "interruption":
      return interruptionTitle(one, now);
    case "failed-start":
      return startTitle(one);
    case "hang":
      return hangTitle(one);
  }
}

function hangTitle({ wait, total, outcome }: Hang): string {
  const took = duration(total);
  if (wait.step === "no-transport")
    return `${stepName(wait)} for ${took}${outcome === "waiting" ? " so far" : ""}`;
  switch (outcome) {
    case "waiting":
      return waitingWords(wait, total);
    case "went-on":
      return `${stepName(wait)} took ${took}`;
    case "failed":
      return `${stepName(wait)}: no answer for ${took}`;
    case "stopped-by-app":
      return `${stepName(wait)}: stopped by the app after ${took}`;
    case "page-ended":
      return `${stepName(wait)}: no answer for ${took}, until the page ended`;
    case "recording-ended":
      return `${stepName(wait)}: no answer for ${took}, until the recording ended`;
  }
}

function interruptionTitle(one: InterruptionModel, now: number): string {
  const { outcome, from, until, attempts, byNewConnection, circuit } = one;
  const length = duration((until ?? now) - from);
  switch (outcome) {
    case "ongoing":
      return `${attempts.at(-1)?.origin === "resume" ? "Resuming" : "Reconnecting"} ${byNewConnection ? "by new connections " : ""}for ${length} so far`;
    case "reconnected":
      return `Reconnected ${byNewConnection ? "by a new connection " : ""}after ${length}${circuit === null ? "" : `, ${FATE_WORD[circuit]}`}`;
    case "resumed":
      return `Resumed after ${length}`;
    case "gave-up":
      return `Gave up, ${until === null ? "still down after" : "down for"} ${length}`;
    case "restarted":
      return `Gave up, restarted by the app after ${length}`;
    case "stopped-by-app":
      return `Stopped by the app after ${length}`;
    case "closed-by-server":
      if (isForGood(one)) return "Circuit ended by an exception";
      return `Closed by the server, ${until === null ? "still down after" : "down for"} ${length}`;
    case "page-ended":
      return `Down for ${length}, until the page ended`;
    case "recording-ended":
      return `Down for ${length}, until the recording ended`;
  }
}

/** What became of a Blazor page's circuit. */
const FATE_WORD: Readonly<Record<CircuitFate, string>> = {
  kept: "circuit kept",
  resumed: "circuit resumed from saved state",
  new: "new circuit",
  refused: "circuit refused",
  ended: "circuit ended",
};

function startTitle({ outcome, starts, from, until, failedAt }: FailedStartModel): string {
  const tried = duration(failedAt - from);
  switch (outcome) {
    case "failed":
      return starts === 1 ? `Start failed after ${tried}` : `${counted(starts, "start")} failed in ${tried}`;
    case "trying":
      return `Starting again, ${counted(starts, "start")} failed so far`;
    case "connected":
      return `Connected at start ${starts + 1}, after ${duration((until ?? failedAt) - from)}`;
    case "stopped-by-app":
      return `Stopped by the app after ${counted(starts, "failed start")}`;
    case "page-ended":
    case "recording-ended":
      return `Never connected: ${counted(starts, "start")} failed in ${tried}`;
  }
}
