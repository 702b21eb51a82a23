import { Fragment } from "preact";
import {
  compareScorecards,
  type Change,
  type ComparedFigure,
} from "../../../extension/core/scenarios/compare.ts";
import type { Scorecard } from "../../../extension/core/scenarios/scorecard.ts";
import { usePanel } from "../../state/panel-state.ts";
import { counted, day } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import { FileButton } from "../../components/file-button.tsx";
import { openScorecard } from "../../state/scenarios/scenario-files.ts";
import { scenariosOf } from "../../state/scenarios/scenario-control.ts";
import { VerdictTag } from "../../content/scenario-verdict.tsx";
import { figureInWords } from "../../../extension/wording/scorecard-words.ts";

/** Compares two scorecards, for example before and after a fix. */
export function Comparison() {
  const panel = usePanel();
  const control = scenariosOf(panel);
  const now = control.card.value;
  const other = control.other.value;
  const before = other?.card ?? control.before.value;
  return (
    <article class="scenario-view" data-testid="comparison">
      <div class="head wrap">
        <h2 class="title">Before and after</h2>
        <span class="grow" />
        {other !== null && (
          <button
            class="btn"
            onClick={() => {
              control.other.value = null;
            }}
          >
            Earlier runs on this page
          </button>
        )}
        <FileButton
          class="btn"
          label="Scorecard file"
          testId="scorecard-open"
          onFiles={([file]) => {
            openScorecard(file).then(
              (card) => {
                control.other.value = { name: file.name, card };
              },
              (error: unknown) => {
                panel.notices.failed(`${file.name} can't be opened`, error);
              },
            );
          }}
        >
          <Icon name="open" />
          Open a scorecard…
        </FileButton>
        <button
          class="btn"
          onClick={() => {
            control.beside.value = { show: "scenario" };
          }}
        >
          Close
        </button>
      </div>
      {now === null || before === null ? (
        <p class="say">
          Nothing to compare yet. Run a scenario again after a fix to see both runs side by side, or open an
          exported scorecard.
        </p>
      ) : (
        <Compared before={before} now={now} name={other?.name ?? null} />
      )}
    </article>
  );
}

const CHANGES: Readonly<Record<Change, { readonly word: string; readonly tone: string }>> = {
  better: { word: "better", tone: "good" },
  worse: { word: "worse", tone: "bad" },
  same: { word: "no change", tone: "none" },
  new: { word: "new", tone: "none" },
  gone: { word: "removed", tone: "none" },
  unknown: { word: "not comparable", tone: "none" },
};

function Compared({ before, now, name }: { before: Scorecard; now: Scorecard; name: string | null }) {
  const { source } = usePanel();
  const { scenarios, better, worse } = compareScorecards(before, now);
  // Without a file, scenarios that ran only once can't be compared.
  const shown = name === null ? scenarios.filter(({ change }) => change !== "new") : scenarios;
  return (
    <>
      <p class="say" data-testid="comparison-summary">
        {better === 0 && worse === 0
          ? "No verdicts changed."
          : `${counted(better, "scenario")} better, ${worse} worse.`}{" "}
        <span class="dim">
          Before: {name ?? "earlier runs on this page"}, {day(before.madeAt, source.now())}
          {before.url !== now.url && `, of ${before.url}`}
          {before.browser !== now.browser && `, in ${before.browser}`}. Differences below a fifth count as no
          change.
        </span>
      </p>
      <table class="compare">
        <thead>
          <tr>
            <th scope="col">Scenario</th>
            <th scope="col">Before</th>
            <th scope="col">Now</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <Fragment key={one.scenario}>
              <tr class="whole" data-testid="compared" data-change={one.change}>
                <th scope="row">{one.title}</th>
                <td>{one.before && <VerdictTag verdict={one.before} />}</td>
                <td>{one.after && <VerdictTag verdict={one.after} />}</td>
                <td title={one.unlike ?? undefined}>
                  <ChangeWord change={one.change} />
                </td>
              </tr>
              {one.figures
                .filter(({ before: was, after: is }) => was !== null || is !== null)
                .map((figure, i) => (
                  <FigureRow key={i} figure={figure} />
                ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </>
  );
}

const ChangeWord = ({ change }: { change: Change }) => (
  <span class={`change ${CHANGES[change].tone}`}>{CHANGES[change].word}</span>
);

const FigureRow = ({ figure: { title, before, after, change } }: { figure: ComparedFigure }) => (
  <tr>
    <th scope="row">{title}</th>
    <td>{before === null ? "" : figureInWords(before)}</td>
    <td>{after === null ? "" : figureInWords(after)}</td>
    <td>
      <ChangeWord change={change} />
    </td>
  </tr>
);
