import { verdictOf } from "../../extension/core/diagnosis/diagnose.ts";
import { adviceAgainst, adviceFor } from "../../extension/core/diagnosis/advice.ts";
import { circuitAdvice } from "../../extension/core/diagnosis/circuit-advice.ts";
import type { Obstacle } from "../../extension/core/diagnosis/verdict.ts";
import {
  adviceForOutcome,
  hasNewId,
  NEW_ID_ADVICE,
  NEW_ID_CODE,
  NEW_ID_TITLE,
} from "../../extension/wording/advice-words.ts";
import type { Hang, Trouble } from "../../extension/core/diagnosis/hang.ts";
import type { ComponentChildren } from "preact";
import { Icon } from "./deferred-icons.tsx";
import { PartHeading } from "./part-heading.tsx";

const hostOf = (link: string): string => {
  try {
    return new URL(link).host;
  } catch {
    return link;
  }
};

const ReadOn = ({ link, children }: { link: string | null; children?: string }) =>
  link === null ? null : (
    <a class="read-on" href={link} target="_blank" rel="noreferrer" title={link}>
      {children ?? hostOf(link)} <Icon name="link" small />
    </a>
  );

const AgainstObstacle = ({ obstacle }: { obstacle: Obstacle | null }) =>
  obstacle === null ? null : (
    <p class="say" data-testid="obstacle-advice">
      {adviceAgainst(obstacle).text} <ReadOn link={adviceAgainst(obstacle).link}>Learn more</ReadOn>
    </p>
  );

interface Props {
  readonly one: Trouble;
  /** What hangs in one of its attempts. */
  readonly hang?: Hang | undefined;
  /** Shown beside the link to the documentation. */
  readonly children?: ComponentChildren;
}

/** The suggested fix for one interruption or failed start. */
export function Advice({ one, hang, children }: Props) {
  const verdict = verdictOf(one);
  const obstacle = hang === undefined ? verdict.obstacle : verdictOf(hang).obstacle;
  const advice = adviceFor(one);
  const circuit = one.kind === "hang" ? null : circuitAdvice(one);
  return (
    <>
      <PartHeading>Recommendations</PartHeading>
      {one.kind !== "interruption" ? (
        <>
          <AgainstObstacle obstacle={obstacle} />
          {advice !== null && <p class="say">{advice.text}</p>}
        </>
      ) : (
        <>
          <p class="say">{advice?.text ?? adviceForOutcome(one)}</p>
          {obstacle !== null && <PartHeading>Fix the reconnect failure</PartHeading>}
          <AgainstObstacle obstacle={obstacle} />
        </>
      )}
      {circuit !== null && (
        <>
          <PartHeading>Circuit</PartHeading>
          <p class="say" data-testid="circuit-advice">
            {circuit.text} <ReadOn link={circuit.link}>Learn more</ReadOn>
          </p>
        </>
      )}
      {one.kind === "interruption" && circuit === null && hasNewId(one) && (
        <>
          <PartHeading>{NEW_ID_TITLE}</PartHeading>
          <p class="say">{NEW_ID_ADVICE}</p>
          <pre class="patch">
            <code>{NEW_ID_CODE}</code>
          </pre>
        </>
      )}
      {(children !== undefined || advice?.link != null) && (
        <p class="links">
          <ReadOn link={advice?.link ?? null} />
          {children}
        </p>
      )}
    </>
  );
}
