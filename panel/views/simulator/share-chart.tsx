import { useRef } from "preact/hooks";
import { duration } from "../../../extension/core/text/format.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import { useSize } from "../../components/use-size.ts";
import type { HerdRun } from "../../state/simulator/simulator-control.ts";
import { anchorOf, connectedShare, stepPath, timeTicks } from "./chart-data.ts";
import { VARIANT_NAMES } from "./variants.ts";

const HEIGHT = 168;
const LEFT = 40;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 20;

const y = (value: number): number => TOP + (1 - value) * (HEIGHT - TOP - BOTTOM);

interface Props {
  readonly runs: readonly HerdRun[];
  readonly until: Milliseconds;
}

/** The share of clients that are connected, for each policy, with a mark where 99 % of the lost ones are back. */
export function ShareChart({ runs, until }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const inner = Math.max(0, width - LEFT - RIGHT);
  const x = (t: Milliseconds): number => LEFT + (t / until) * inner;
  return (
    <section aria-labelledby="herd-share">
      <h3 class="section" id="herd-share">
        Share connected
      </h3>
      <ul class="herd-legend" aria-hidden="true">
        {runs.map(({ variant }) => (
          <li key={variant} class={`of-${variant}`}>
            <svg class="herd-key" width="20" height="8">
              <path class="herd-line" d="M0 4H20" />
            </svg>
            {VARIANT_NAMES[variant]}
          </li>
        ))}
        <li>
          <svg class="herd-key" width="8" height="8">
            <circle class="herd-mark" cx="4" cy="4" r="3" />
          </svg>
          99% of the lost are back
        </li>
      </ul>
      <div class="herd-chart" ref={box} style={{ height: `${HEIGHT}px` }}>
        {inner > 0 && (
          <svg width={width} height={HEIGHT} role="img" aria-label={described(runs)}>
            {[0, 0.25, 0.5, 0.75, 1].map((value) => (
              <g key={value}>
                <line class="herd-grid" x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
                <text class="herd-tick end" x={LEFT - 6} y={y(value) + 3}>
                  {value * 100}%
                </text>
              </g>
            ))}
            <line class="herd-goal" x1={LEFT} x2={width - RIGHT} y1={y(0.99)} y2={y(0.99)} />
            {timeTicks(until, inner).map(({ at, text }) => (
              <text key={at} class={`herd-tick ${anchorOf(x(at), width)}`} x={x(at)} y={HEIGHT - 5}>
                {text}
              </text>
            ))}
            {runs.map(({ variant, result, input }) => (
              <path
                key={variant}
                class={`herd-line of-${variant}`}
                d={`${stepPath(connectedShare(result, input.loss.kind !== "drained"), x, y, until)}${
                  result.stopped === null && result.end < until ? `H${x(until).toFixed(0)}` : ""
                }`}
              />
            ))}
            {runs.map(({ variant, result }) => {
              const t = result.timeTo[99];
              if (t === null || t > until) return null;
              const { lost, clients } = result;
              return (
                <circle
                  key={variant}
                  class={`herd-mark of-${variant}`}
                  cx={x(t)}
                  cy={y(1 - (lost / clients) * 0.01)}
                  r="3.5"
                />
              );
            })}
          </svg>
        )}
      </div>
    </section>
  );
}

const described = (runs: readonly HerdRun[]): string =>
  `Share of connected clients over time. ${runs
    .map(({ variant, result }) => {
      const t = result.timeTo[99];
      return `${VARIANT_NAMES[variant]}: 99% are back ${t === null ? "never" : `after ${duration(t)}`}.`;
    })
    .join(" ")}`;
