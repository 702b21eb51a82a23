/** All interruptions, failed starts and hangs: a card for each, or for the longest, and a table of all where there are too many. */
import { WaitingList } from "../../panel/content/waiting-list.tsx";
import { duration, whole } from "../core/text/format.ts";
import { DowntimeCard } from "./downtime-card.tsx";
import { longest, type ReportFacts } from "./facts/report-facts.ts";
import { troubleHeading, troubleWords } from "./facts/sentences.ts";
import { MOST, notShown } from "./limits.ts";
import { adviceGroups } from "./advice-groups.ts";
import type { ReportContext } from "./report-context.ts";
import { wide } from "./wide.ts";

interface Props {
  readonly facts: ReportFacts;
  readonly context: ReportContext;
}

export function InterruptionsSection({ facts, context }: Props) {
  const { troubles, summary, model } = facts;
  const shown = longest(troubles, MOST.cards);
  const faults = model.pages.flatMap((page) => page.faults);
  const same = adviceGroups(shown);
  return (
    <section id="interruptions">
      <h2>{troubleHeading(summary)}</h2>
      {troubles.length === 0 && summary.waiting.length === 0 && <p>None in this recording.</p>}
      <WaitingList waiting={summary.waiting.slice(0, MOST.rows)} />
      {shown.length < troubles.length && (
        <>
          <AllOfThem facts={facts} />
          <p class="soft">
            Below are the {whole(shown.length)} longest of {whole(troubles.length)}.
          </p>
        </>
      )}
      {shown.map((trouble, i) => (
        <DowntimeCard
          key={trouble.one.key}
          trouble={trouble}
          number={i + 1}
          faults={faults}
          sameAdviceAs={same[i] ?? null}
          context={context}
        />
      ))}
    </section>
  );
}

function AllOfThem({ facts }: { facts: ReportFacts }) {
  const { troubles, names, times } = facts;
  const left = notShown(troubles.length, MOST.troubleRows, "one", "of them");
  return (
    <div {...wide("All interruptions")}>
      <table class="troubles">
        <thead>
          <tr>
            <th scope="col">{times.isUtc ? "UTC" : "Local"}</th>
            {!times.isUtc && <th scope="col">UTC</th>}
            <th scope="col">Connection</th>
            <th scope="col" class="r">
              Missing
            </th>
            <th scope="col">Outcome</th>
            <th scope="col">Cause</th>
          </tr>
        </thead>
        <tbody>
          {longest(troubles, MOST.troubleRows).map((trouble) => {
            const { title, cause } = troubleWords(trouble, facts);
            return (
              <tr key={trouble.one.key}>
                <td class="at">{times.local(trouble.from)}</td>
                {!times.isUtc && <td class="at">{times.utc(trouble.from).replace(" UTC", "")}</td>}
                <td>{names.hub(trouble.hub)}</td>
                <td class="r">{duration(trouble.lasted)}</td>
                <td>{title}</td>
                <td>{cause}</td>
              </tr>
            );
          })}
          {left !== null && (
            <tr>
              <td colSpan={times.isUtc ? 5 : 6} class="soft">
                {left}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
