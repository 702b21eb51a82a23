/** The scorecard as a part of the report. */
import { FAULTS } from "../core/faults/outlines.ts";
import type { ExpectationResult, ScenarioResult } from "../core/scenarios/result.ts";
import { summarize, type Scorecard } from "../core/scenarios/scorecard.ts";
import { clock, dateTime, duration, whole, type Zone } from "../core/text/format.ts";
import { figureInWords, VERDICT_WORD } from "../wording/scorecard-words.ts";
import { html, type Markup } from "./markup.ts";

const TONE: Readonly<Record<ScenarioResult["verdict"], string>> = {
  pass: "good",
  warn: "warn",
  fail: "bad",
  "cant-tell": "fg2",
  "not-applicable": "fg2",
  error: "bad",
  stopped: "fg2",
};

export function scorecardSection(card: Scorecard, zone: Zone): Markup {
  if (card.results.length === 0) return html``;
  return html`<h2>Resilience</h2>
    <p>${summarize(card.results).say}</p>
    <p class="dim">
      Scenarios run by Hubscope ${card.hubscope} against <code>${card.url}</code>, the newest on
      ${dateTime(card.madeAt, zone)}.
    </p>
    ${card.results.map((result) => resultCard(result, zone))}`;
}

function resultCard(result: ScenarioResult, zone: Zone): Markup {
  return html`<div class="card">
    <header>
      <h3>${result.title}</h3>
      ${badge(result.verdict)}
      <span class="dim">${clock(result.from, 3, zone)}, ${duration(result.to - result.from)}</span>
    </header>
    ${result.why !== null && html`<p>${result.why}</p>`}
    ${result.shortened.length > 0 && html`<p class="dim">Quick mode: ${result.shortened.join("; ")}.</p>`}
    ${result.missed.map(({ at, say }) => html`<p class="dim">${clock(at, 3, zone)}: ${say}.</p>`)}
    ${
      result.expectations.length > 0 &&
      html`<div class="wide">
        <table>
          <tr>
            <th>Expectation</th>
            <th>Verdict</th>
            <th class="r">Measured</th>
            <th>Evidence</th>
          </tr>
          ${result.expectations.map((one) => expectationRow(one, zone))}
        </table>
      </div>`
    }
    ${
      result.faults.length > 0 &&
      html`<p class="dim">
        Injected:
        ${result.faults.map(({ name, from }) => `${FAULTS[name].title.toLowerCase()} at ${clock(from, 3, zone)}`).join(", ")}.
      </p>`
    }
  </div>`;
}

const MAX_EVIDENCE = 5;

const expectationRow = ({ title, verdict, measured, say, evidence }: ExpectationResult, zone: Zone): Markup =>
  html`<tr>
    <td>${title}</td>
    <td>${badge(verdict)}</td>
    <td class="r">${measured === null ? "" : figureInWords(measured)}</td>
    <td>
      ${say}
      ${
        evidence.length > 0 &&
        html`<div class="dim">
          ${evidence
            .slice(0, MAX_EVIDENCE)
            .map(({ t, text }) => `${clock(t, 3, zone)} ${text}`)
            .join(
              "; ",
            )}${evidence.length > MAX_EVIDENCE && `; and ${whole(evidence.length - MAX_EVIDENCE)} more`}
        </div>`
      }
    </td>
  </tr>`;

const badge = (verdict: ScenarioResult["verdict"]): Markup => {
  const tone = TONE[verdict];
  return html`<span class="tag" style="color:var(--${tone});border-color:var(--${tone})"
    >${VERDICT_WORD[verdict].toLowerCase()}</span
  >`;
};
