/** The resilience scorecard: each point of the guidance, met or not, and why. */
import type { ComponentChildren } from "preact";
import {
  GUIDANCE,
  type Objection,
  type PointId,
  type PointResult,
  type PointState,
} from "../../extension/core/diagnosis/findings/guidance.ts";
import { FINDINGS } from "../../extension/core/diagnosis/findings/registry.ts";
import { counted } from "../../extension/core/text/format.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { POINT_STATE_WORD } from "../../extension/wording/finding-words.ts";
import { Icon, type IconName } from "./deferred-icons.tsx";

const LOOK: Readonly<Record<PointState, { icon: IconName; tone: "good" | "bad" | "none" }>> = {
  met: { icon: "pass", tone: "good" },
  partly: { icon: "question", tone: "good" },
  "not-met": { icon: "bad", tone: "bad" },
  "not-tested": { icon: "question", tone: "none" },
  "not-applicable": { icon: "skip", tone: "none" },
};

const State = ({ state }: { state: PointState }) => (
  <span class={`point-state sev ${LOOK[state].tone}`}>
    <Icon name={LOOK[state].icon} /> {POINT_STATE_WORD[state]}
  </span>
);

interface Props {
  readonly points: readonly PointResult[];
  /** The states of an earlier scorecard. */
  readonly before?: Readonly<Partial<Record<PointId, PointState>>> | undefined;
  /** Makes a link of what speaks against a point, where there is something to open. */
  readonly Link: (props: { objection: Objection; children: ComponentChildren }) => ComponentChildren;
}

export const GuidanceTable = ({ points, before, Link }: Props) => (
  <table class="guidance" data-testid="guidance">
    <thead>
      <tr>
        <th scope="col">Guidance</th>
        {before && <th scope="col">Before</th>}
        <th scope="col">{before ? "Now" : "State"}</th>
        <th scope="col">Why</th>
      </tr>
    </thead>
    <tbody>
      {points.map((point) => (
        <tr key={point.id} data-testid="guidance-point" data-point={point.id} data-state={point.state}>
          <th scope="row">{GUIDANCE[point.id].title}</th>
          {before && (
            <td>
              {before[point.id] === undefined ? "–" : <State state={before[point.id] ?? "not-tested"} />}
            </td>
          )}
          <td>
            <State state={point.state} />
          </td>
          <td>
            <Why point={point} Link={Link} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

function Why({ point, Link }: { point: PointResult; Link: Props["Link"] }) {
  const { against, remarks, tested, of } = point;
  const all = [...against, ...remarks];
  if (of === 0) return <span class="dim">Doesn't apply to this page, or has no check</span>;
  return (
    <>
      {all.length > 0 && (
        <ul>
          {all.map((objection, i) => (
            <li key={i}>
              <Link objection={objection}>{titleOf(objection)}</Link>
              {remarks.includes(objection) && <span class="dim"> ({remarkWord(objection)})</span>}
            </li>
          ))}
        </ul>
      )}
      {tested < of && (
        <span class="dim">
          {tested} of {counted(of, "check")} could tell
        </span>
      )}
    </>
  );
}

const remarkWord = (objection: Objection): string =>
  objection.from === "finding" && objection.marked !== null
    ? { done: "marked as done", ignored: "ignored" }[objection.marked]
    : "could be better";

const titleOf = (objection: Objection): string =>
  visibleText(
    objection.from === "finding"
      ? `${FINDINGS[objection.result.id].title}: ${objection.result.hub}`
      : `Scenario “${objection.title}”: ${objection.say}`,
  );
