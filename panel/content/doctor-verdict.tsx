/** A verdict of the connection doctor: a problem with all that helps, anything else in a line or two. */
import type { DoctorProblem, DoctorVerdict, Place } from "../../extension/core/doctor/report.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { PLACE_WORD } from "../../extension/wording/doctor-labels.ts";
import { useContentContext } from "./content-context.ts";
import { Icon, type IconName } from "./deferred-icons.tsx";
import { ConfidenceBars } from "./tags.tsx";

interface Look {
  readonly icon: IconName;
  readonly tone: "bad" | "good" | "note" | "none";
  readonly word: string;
}

const LOOK: Readonly<Record<DoctorVerdict["result"], Look>> = {
  problem: { icon: "bad", tone: "bad", word: "Problem" },
  fine: { icon: "pass", tone: "good", word: "Works" },
  note: { icon: "note", tone: "note", word: "Note" },
  "cant-tell": { icon: "question", tone: "none", word: "Can't tell" },
};

const PlaceTag = ({ where }: { where: Place }) => <span class="code-tag bad">{PLACE_WORD[where]}</span>;

export function Verdict({ verdict }: { verdict: DoctorVerdict }) {
  const { hasTooltips } = useContentContext();
  const { icon, tone, word } = LOOK[verdict.result];
  return (
    <li
      class="doctor-verdict"
      data-testid="doctor-verdict"
      data-topic={verdict.topic}
      data-result={verdict.result}
    >
      <span class={`sev ${tone}`} role="img" aria-label={word} title={word}>
        <Icon name={icon} />
      </span>
      <div class="about">
        {verdict.result === "problem" ? (
          <>
            <p class="doctor-title">
              <b class="wrap-any">{visibleText(verdict.title)}</b>
              <PlaceTag where={verdict.where} />
              <ConfidenceBars confidence={verdict.confidence} />
            </p>
            <p class="say wrap-any">{visibleText(verdict.say)}</p>
            <Advice problem={verdict} />
          </>
        ) : (
          <p class="wrap-any">
            <b class="doctor-said">{visibleText(verdict.title)}</b>{" "}
            {!hasTooltips && verdict.result !== "fine" && <span class="badge">{word}</span>}{" "}
            <span class="soft">{visibleText(verdict.say)}</span>
          </p>
        )}
      </div>
    </li>
  );
}

function Advice({ problem: { advice, snippet, link } }: { problem: DoctorProblem }) {
  const { Copy } = useContentContext();
  const code = snippet && visibleText(snippet.code);
  return (
    <>
      <p class="say wrap-any">
        <b>What to change:</b> {visibleText(advice)}{" "}
        {link !== undefined && (
          <a class="read-on" href={link} target="_blank" rel="noreferrer" title={link}>
            Learn more <Icon name="link" small />
          </a>
        )}
      </p>
      {code !== undefined && (
        <div class="doctor-code">
          <pre class="patch" tabIndex={0} aria-label={`Code: ${snippet?.language ?? ""}`}>
            <code>{code}</code>
          </pre>
          <Copy text={code} label="Copy the code" />
        </div>
      )}
    </>
  );
}
