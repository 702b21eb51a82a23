import type { ScenarioResult } from "../../extension/core/scenarios/result.ts";
import { VERDICT_WORD } from "../../extension/wording/scorecard-words.ts";
import { Icon, type IconName } from "./deferred-icons.tsx";

/** "running" and "none" stand for scenarios that have no result yet. */
export type Shown = ScenarioResult["verdict"] | "none" | "running";

interface Look {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: "good" | "warn" | "bad" | "none";
}

const LOOKS: Readonly<Record<Shown, Look>> = {
  pass: { word: VERDICT_WORD.pass, icon: "pass", tone: "good" },
  warn: { word: VERDICT_WORD.warn, icon: "warn", tone: "warn" },
  fail: { word: VERDICT_WORD.fail, icon: "bad", tone: "bad" },
  "cant-tell": { word: VERDICT_WORD["cant-tell"], icon: "question", tone: "none" },
  "not-applicable": { word: VERDICT_WORD["not-applicable"], icon: "skip", tone: "none" },
  error: { word: VERDICT_WORD.error, icon: "bad", tone: "bad" },
  stopped: { word: VERDICT_WORD.stopped, icon: "stop", tone: "none" },
  none: { word: "Not run", icon: "none", tone: "none" },
  running: { word: "Running", icon: "bolt", tone: "none" },
};

export const verdictWord = (verdict: Shown): string => LOOKS[verdict].word;

export const VerdictIcon = ({ verdict }: { verdict: Shown }) => {
  const { word, icon, tone } = LOOKS[verdict];
  return (
    <span
      class={verdict === "running" ? "sev injected" : `sev ${tone}`}
      role="img"
      aria-label={word}
      title={word}
    >
      <Icon name={icon} />
    </span>
  );
};

export const VerdictTag = ({ verdict }: { verdict: Shown }) => {
  const { word, tone } = LOOKS[verdict];
  return <span class={`verdict-tag ${tone}`}>{word}</span>;
};
