import type { AttemptStep } from "../../extension/wording/attempt-steps.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { duration } from "../../extension/core/text/format.ts";
import { useContentContext } from "./content-context.ts";
import { CodeTag } from "./tags.tsx";

const TONE = { ok: "good", failed: "bad", running: "none" } as const;

/** The steps of one attempt as a waterfall chart: each negotiate and each transport, with its result. */
export function Waterfall({ steps }: { steps: readonly AttemptStep[] }) {
  const { now, pointAt, LongText } = useContentContext();
  const from = Math.min(...steps.map((step) => step.from));
  const to = Math.max(from + 1, ...steps.map((step) => step.until ?? now));
  const percent = (t: number): number => ((t - from) / (to - from)) * 100;
  return (
    <ul class="waterfall" data-testid="waterfall">
      {steps.map((step, i) => {
        const until = step.until ?? now;
        const tone = TONE[step.result];
        return (
          <li
            key={i}
            data-kind={step.kind}
            data-result={step.result}
            onMouseEnter={
              pointAt &&
              (() => {
                pointAt(step.from);
              })
            }
          >
            <span class="name">{step.name}</span>
            <span class="track" aria-hidden="true">
              <i
                class={step.result}
                style={{
                  left: `${Math.min(97, percent(step.from))}%`,
                  width: `${Math.max(3, percent(until) - percent(step.from))}%`,
                }}
              />
            </span>
            <span class="took">{duration(until - step.from)}</span>
            <span class="wrap-any">
              {step.tag !== "" && tone !== "none" && <CodeTag tone={tone}>{step.tag}</CodeTag>}
              <LongText text={visibleText(step.text)} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
