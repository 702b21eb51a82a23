import type { Figure } from "../../extension/core/scenarios/judgement.ts";
import type { ScenarioResult } from "../../extension/core/scenarios/result.ts";
import { duration, whole } from "../../extension/core/text/format.ts";
import { Icon, type IconName } from "./deferred-icons.tsx";

/** "running" and "none" are for those without a result. */
export type Shown = ScenarioResult["verdict"] | "none" | "running";

interface Look {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: "good" | "warn" | "bad" | "none";
}

const LOOKS: Readonly<Record<Shown, Look>> = {
  pass: { word: "Pass", icon: "pass", tone: "good" },
  warn: { word: "Warning", icon: "warn", tone: "warn" },
  fail: { word: "Fail", icon: "bad", tone: "bad" },
  "cant-tell": { word: "Can't tell", icon: "question", tone: "none" },
  "not-applicable": { word: "Not applicable", icon: "skip", tone: "none" },
  error: { word: "Error", icon: "bad", tone: "bad" },
  stopped: { word: "Stopped", icon: "stop", tone: "none" },
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

export function figureInWords({ value, unit }: Figure): string {
  switch (unit) {
    case "ms":
      return duration(value);
    case "%":
      return `${whole(value)} %`;
    case "count":
      return whole(value);
  }
}
