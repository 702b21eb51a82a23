import { DOCTOR_CHECKS, type DoctorCheck } from "../../../extension/core/events/doctor-events.ts";
import type { DoctorRunModel } from "../../../extension/core/model/types.ts";
import { countdown, duration } from "../../../extension/core/text/format.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { CHECK_WORD, triesWords } from "../../../extension/wording/doctor-labels.ts";
import { doctorWords } from "../../../extension/wording/doctor-words.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import { useNow } from "../../components/use-now.ts";
import { useEvents } from "../../state/follow-events.ts";
import type { ListedRun } from "../../state/doctor/doctor-runs.ts";

/** Those of the run: what the user hasn't allowed isn't tried. */
const checksOf = ({ began }: DoctorRunModel): readonly DoctorCheck[] =>
  DOCTOR_CHECKS.filter((check) => (check !== "stay" || began.stay > 0) && (check !== "size" || began.calls));

/** A run that goes on: what it tries, and what it has found so far. */
export function RunProgress({ shown: { run } }: { shown: ListedRun }) {
  useEvents();
  const now = useNow(true);
  const { began, tries, facts } = run;
  const checks = checksOf(run);
  const at = tries === null ? 0 : checks.indexOf(tries.check);
  const left = tries?.check === "stay" ? Math.max(0, tries.t + began.stay - now) : null;
  const share = at / checks.length + (left === null ? 0 : (1 - left / began.stay) / checks.length);
  return (
    <div class="doctor-result" data-testid="doctor-progress">
      <header class="doctor-head">
        <h2 class="title">Trying {visibleText(began.url)}</h2>
        <p class="doctor-title">
          <span role="status" data-testid="doctor-tries">
            {tries === null ? "Begins…" : triesWords(tries)}
          </span>
          {left !== null && <span class="soft">{countdown(left)} left</span>}
          <span class="dim">{duration(Math.floor(Math.max(0, now - run.from) / 1_000) * 1_000)} so far</span>
        </p>
        <span
          class="doctor-bar"
          role="progressbar"
          aria-label="Connection doctor"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
        >
          <i style={{ width: `${share * 100}%` }} />
        </span>
      </header>
      <ol class="doctor-steps">
        {checks.map((check, i) => (
          <li
            key={check}
            class={i < at ? undefined : i === at ? "current" : "dim"}
            aria-current={i === at ? "step" : undefined}
          >
            <Icon name={i < at ? "tick" : i === at ? "right" : "none"} small />
            {CHECK_WORD[check]}
          </li>
        ))}
      </ol>
      <h3 class="section">Found so far</h3>
      {facts.length === 0 && <p class="dim">Nothing yet.</p>}
      <ul class="doctor-facts">
        {facts.map((fact, i) => {
          const { title, text, tone } = doctorWords(fact);
          return (
            <li key={i} data-testid="doctor-fact">
              <span class={`sev ${tone === "good" || tone === "bad" ? tone : "none"}`}>
                <Icon name={tone === "good" ? "pass" : tone === "bad" ? "bad" : "note"} />
              </span>
              <span class="wrap-any">
                {visibleText(title)} <span class="soft">{visibleText(text)}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
