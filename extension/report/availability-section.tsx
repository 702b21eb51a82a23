/** How long connections were missing: of the recording, of each page or frame, and of each hub connection. */
import { counted, duration, whole } from "../core/text/format.ts";
import type { HubSummary } from "../../panel/content/summary.ts";
import type { Uptime } from "../core/model/availability.ts";
import { CAUSE_WORD } from "../wording/labels.ts";
import type { ReportFacts } from "./facts/report-facts.ts";
import { percentUp } from "./facts/percent-up.ts";
import { downSentences, unknownSentences } from "./facts/sentences.ts";
import { MOST, notShown } from "./limits.ts";
import { wide } from "./wide.ts";

export function AvailabilitySection({ facts }: { facts: ReportFacts }) {
  const { availability: all, names, summary } = facts;
  const hubs = all.hubs
    .map(({ hub, uptime }, i) => ({ hub, uptime, sum: summary.hubs[i] }))
    .sort((a, b) => b.uptime.down - a.uptime.down);
  const pages = all.pages.filter(({ page }) => page.hubs.length > 0);
  const left = notShown(hubs.length, MOST.rows, "connection");
  return (
    <section id="availability">
      <h2>Availability</h2>
      <p>{[...downSentences(facts), ...unknownSentences(facts)].join(" ")}</p>
      <div {...wide("Availability")}>
        <table class="availability">
          <thead>
            <tr>
              <th scope="col">Connection</th>
              <th scope="col" class="r">
                Interruptions
              </th>
              <th scope="col" class="r">
                Missing
              </th>
              <th scope="col" class="r">
                Longest
              </th>
              <th scope="col" class="r">
                Page hidden
              </th>
              <th scope="col" class="r">
                Available
              </th>
              <th scope="col">Causes</th>
            </tr>
          </thead>
          <tbody>
            {hubs.slice(0, MOST.rows).map(({ hub, uptime, sum }) => (
              <Row
                key={hub.key}
                name={names.hub(hub)}
                uptime={uptime}
                count={countOf(sum)}
                causes={causesOf(sum)}
              />
            ))}
            {left !== null && (
              <tr>
                <td colSpan={7} class="soft">
                  {left}
                </td>
              </tr>
            )}
          </tbody>
          {hubs.length > 1 && (
            <tfoot>
              {pages.length > 1 &&
                pages
                  .slice(0, MOST.rows)
                  .map(({ page, uptime }) => (
                    <Row
                      key={page.id}
                      name={`All of ${names.page(page)}`}
                      uptime={uptime}
                      count={whole(uptime.outages)}
                      causes=""
                    />
                  ))}
              <Row
                name="All connections, overlaps once"
                uptime={all}
                count={counted(all.outages, "outage")}
                causes=""
              />
            </tfoot>
          )}
        </table>
      </div>
      <p class="soft">
        Available: the share of the time in which the app had or wanted the connection. Its first start, the
        time after a stop by the app, and what wasn't recorded count neither way.
      </p>
    </section>
  );
}

function countOf(sum: HubSummary | undefined): string {
  if (!sum) return "";
  const { interruptions, failedStarts, hangs } = sum;
  return `${whole(interruptions)}${failedStarts > 0 ? ` + ${counted(failedStarts, "failed start")}` : ""}${hangs > 0 ? ` + ${counted(hangs, "hang")}` : ""}`;
}

const causesOf = (sum: HubSummary | undefined): string =>
  (sum?.causes ?? []).map(([cause, n]) => `${CAUSE_WORD[cause]}${n > 1 ? ` ×${whole(n)}` : ""}`).join(", ");

interface RowProps {
  readonly name: string;
  readonly uptime: Uptime;
  readonly count: string;
  readonly causes: string;
}

const Row = ({ name, uptime, count, causes }: RowProps) => (
  <tr>
    <th scope="row">{name}</th>
    <td class="r">{count}</td>
    <td class="r">{duration(uptime.down)}</td>
    <td class="r">{uptime.down > 0 && duration(uptime.longest)}</td>
    <td class="r">{uptime.unseen > 0 && duration(uptime.unseen)}</td>
    <td class="r">{percentUp(uptime)}</td>
    <td>{causes}</td>
  </tr>
);
