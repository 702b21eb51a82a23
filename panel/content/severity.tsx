import type { FindingResult } from "../../extension/core/diagnosis/findings/find.ts";
import type { Severity } from "../../extension/core/diagnosis/findings/finding.ts";
import { ANSWER_WORD, SEVERITY_WORD } from "../../extension/wording/finding-words.ts";
import { Icon, type IconName } from "./deferred-icons.tsx";

interface Look {
  readonly icon: IconName;
  readonly tone: "bad" | "warn" | "note" | "good" | "none";
}

const SEVERITY_LOOK: Readonly<Record<Severity, Look>> = {
  high: { icon: "bad", tone: "bad" },
  medium: { icon: "warn", tone: "warn" },
  low: { icon: "note", tone: "note" },
};

const ANSWER_LOOK: Readonly<Record<FindingResult["answer"]["answer"], Look>> = {
  found: { icon: "warn", tone: "warn" },
  ok: { icon: "pass", tone: "good" },
  "cant-tell": { icon: "question", tone: "none" },
  "not-applicable": { icon: "skip", tone: "none" },
  error: { icon: "bad", tone: "bad" },
};

const Mark = ({ icon, tone, word }: Look & { word: string }) => (
  <span class={`sev ${tone}`} role="img" aria-label={word} title={word}>
    <Icon name={icon} />
  </span>
);

export const SeverityIcon = ({ severity }: { severity: Severity }) => (
  <Mark {...SEVERITY_LOOK[severity]} word={`${SEVERITY_WORD[severity]} severity`} />
);

export const AnswerIcon = ({ answer }: { answer: FindingResult["answer"]["answer"] }) => (
  <Mark {...ANSWER_LOOK[answer]} word={ANSWER_WORD[answer]} />
);

/** The severity with its word, where it is the first thing to read. */
export const SeverityTag = ({ severity }: { severity: Severity }) => (
  <span class={`code-tag ${{ high: "bad", medium: "warn", low: "note" }[severity]}`}>
    {SEVERITY_WORD[severity]}
  </span>
);
