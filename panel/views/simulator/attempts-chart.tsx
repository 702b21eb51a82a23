import { useRef } from "preact/hooks";
import { whole } from "../../../extension/core/text/format.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import { useSize } from "../../components/use-size.ts";
import type { HerdRun } from "../../state/simulator/simulator-control.ts";
import {
  anchorOf,
  perSecond,
  rateScale,
  rateTicks,
  refusedPerSecond,
  stepPath,
  timeTicks,
} from "./chart-data.ts";
import { VARIANT_NAMES } from "./variants.ts";

const HEIGHT = 132;
const LEFT = 34;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 20;

interface Props {
  readonly run: HerdRun;
  readonly until: Milliseconds;
  /** The highest rate of all charts beside it: they have the same scale. */
  readonly most: number;
}

/** Attempts that begin in a second, and those of them that are refused. */
export function AttemptsChart({ run: { variant, result }, until, most }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const inner = Math.max(0, width - LEFT - RIGHT);
  const x = (t: Milliseconds): number => LEFT + (t / until) * inner;
  const y = (value: number): number =>
    HEIGHT - BOTTOM - (rateScale(value) / rateScale(most)) * (HEIGHT - TOP - BOTTOM);
  const attempts = [...perSecond(result.attempts, result.width), { t: result.end + 1_000, value: 0 }];
  const refused = [...refusedPerSecond(result), { t: result.end + 1_000, value: 0 }];
  const line = stepPath(attempts, x, y, until);
  return (
    <div class="herd-chart" ref={box} style={{ height: `${HEIGHT}px` }}>
      {inner > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={`Attempts and refusals a second, ${VARIANT_NAMES[variant]}: at most ${whole(result.peak.attempts)} attempts a second.`}
        >
          {rateTicks(most).map(({ at, text }) => (
            <g key={at}>
              <line class="herd-grid" x1={LEFT} x2={width - RIGHT} y1={y(at)} y2={y(at)} />
              <text class="herd-tick end" x={LEFT - 5} y={y(at) + 3}>
                {text}
              </text>
            </g>
          ))}
          {timeTicks(until, inner, 64).map(({ at, text }) => (
            <text key={at} class={`herd-tick ${anchorOf(x(at), width)}`} x={x(at)} y={HEIGHT - 5}>
              {text}
            </text>
          ))}
          <path class={`herd-area of-${variant}`} d={closed(line, x(0), y(0))} />
          <path class={`herd-line thin of-${variant}`} d={line} />
          <path class="herd-refused" d={stepPath(refused, x, y, until)} />
        </svg>
      )}
    </div>
  );
}

/** The area below a line. */
function closed(line: string, left: number, bottom: number): string {
  const right = /[ML](\S+) \S+$/.exec(line)?.[1];
  return right === undefined
    ? ""
    : `${line}L${right} ${bottom.toFixed(1)}L${left.toFixed(0)} ${bottom.toFixed(1)}Z`;
}
