import type { Trouble } from "../../../extension/core/diagnosis/hang.ts";
import { useRef } from "preact/hooks";
import { useEvents } from "../../state/follow-events.ts";
import { usePanel } from "../../state/panel-state.ts";
import { attemptColour, attemptEnds } from "../../timeline/draw-attempts.ts";
import { tickStep } from "../../state/time-scale.ts";
import { duration } from "../../../extension/core/text/format.ts";
import { useSize } from "../../components/use-size.ts";
import { attemptWords } from "../../../extension/wording/labels.ts";

const LEFT = 76;
const RIGHT = 150;
const ROW = 24;
const MAX = 8;

/** A chart of the attempts from the loss until the connection is back, to scale. Shown only in a tall panel. */
export function AttemptChart({ one: interruption }: { one: Trouble }) {
  const panel = usePanel();
  useEvents();
  const host = useRef<HTMLDivElement>(null);
  const { width } = useSize(host);
  const now = panel.view.extent.value.to;
  const attempts = interruption.attempts.slice(0, MAX);
  const until = interruption.until ?? now;
  if (attempts.length === 0 || until <= interruption.from) return null;
  const span = until - interruption.from;
  const inner = Math.max(50, width - LEFT - RIGHT);
  const x = (t: number): number => LEFT + ((t - interruption.from) / span) * inner;
  const step = tickStep({ from: interruption.from, to: until, width: inner }, 70);
  const ticks = Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => i * step);
  const height = 22 + attempts.length * ROW;
  return (
    <section class="tall-only close-up">
      <h3 class="section">
        Close-up{" "}
        <span class="dim">
          from the {interruption.kind === "interruption" ? "loss" : "start"} to{" "}
          {interruption.until === null ? "now" : "its end"}, to scale
        </span>
      </h3>
      <div ref={host}>
        <svg width={width} height={height} role="img" aria-label={`${attempts.length} attempts to scale`}>
          {ticks.map((after) => (
            <g key={after}>
              <path class="grid" d={`M${Math.round(x(interruption.from + after)) + 0.5} 16V${height}`} />
              <text class="axis" x={x(interruption.from + after)} y={11} text-anchor="middle">
                {after === 0 ? "0" : `+${duration(after)}`}
              </text>
            </g>
          ))}
          {attempts.map((attempt, i) => {
            const y = 22 + i * ROW;
            const { begun, ended } = attemptEnds(attempt, now);
            const wait = x(begun) - x(attempt.from);
            const { tag, text } = attemptWords(attempt.outcome);
            const words =
              attempt.outcome.kind === "connected" ? "connected" : [tag, text].filter(Boolean).join(" ");
            return (
              <g key={i}>
                <text class="axis" x={0} y={y + 10}>
                  {attempt.origin === "resume"
                    ? "Resume"
                    : `${attempt.origin === "start" ? "Start" : "Attempt"} ${attempt.number}`}
                </text>
                {wait > 2 && (
                  <rect class="plan" x={x(attempt.from) + 0.5} y={y + 0.5} width={wait} height={13} />
                )}
                {wait > 70 && (
                  <text class="axis" x={(x(attempt.from) + x(begun)) / 2} y={y + 10.5} text-anchor="middle">
                    wait {duration(begun - attempt.from)}
                  </text>
                )}
                {attempt.startedAt !== null && (
                  <rect
                    x={x(begun)}
                    y={y}
                    width={Math.max(4, x(ended) - x(begun))}
                    height={14}
                    style={{ fill: `var(--${attemptColour(attempt)})` }}
                  />
                )}
                <text
                  class={`axis ${attempt.outcome.kind === "connected" ? "good" : attempt.outcome.kind.endsWith("failed") ? "bad" : ""}`}
                  x={Math.max(x(begun) + 4, x(ended)) + 6}
                  y={y + 10.5}
                >
                  {words.length > 26 ? tag || words.slice(0, 24) : words}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
    </section>
  );
}
