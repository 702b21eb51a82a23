/** One interruption or one failed start in the report: the same content as in the panel, with its page, its times and its last messages. */
import { Advice } from "../../panel/content/advice.tsx";
import { DowntimeBody, DowntimeHead } from "../../panel/content/downtime-card.tsx";
import type { FaultSpan } from "../core/model/types.ts";
import { bytes, duration } from "../core/text/format.ts";
import { isForGood, soFar } from "../wording/so-far.ts";
import { lastMessages } from "./facts/last-messages.ts";
import type { ReportedTrouble } from "./facts/report-facts.ts";
import type { ReportContext } from "./report-context.ts";

interface Props {
  readonly trouble: ReportedTrouble;
  readonly number: number;
  readonly faults: readonly FaultSpan[];
  /** The card, by its index, whose advice it would repeat. */
  readonly sameAdviceAs: number | null;
  readonly context: ReportContext;
}

export const DowntimeCard = ({ trouble, number, faults, sameAdviceAs, context }: Props) => (
  <article class="card" id={`i${number}`}>
    <PlaceAndTime trouble={trouble} number={number} context={context} />
    <DowntimeHead
      one={trouble.one}
      hang={trouble.hang}
      faults={faults.filter(({ page }) => page === trouble.hub.page)}
    />
    <DowntimeBody one={trouble.one} hub={trouble.hub} />
    {trouble.one.kind === "interruption" && <LastMessages trouble={trouble} context={context} />}
    <div class="advice">
      {sameAdviceAs === null ? (
        <Advice one={trouble.one} hang={trouble.hang} />
      ) : (
        <p class="soft">
          Recommendations: the same as for <a href={`#i${sameAdviceAs + 1}`}>number {sameAdviceAs + 1}</a>.
        </p>
      )}
    </div>
  </article>
);

function PlaceAndTime({ trouble, number, context }: Pick<Props, "trouble" | "number" | "context">) {
  const { one, hub, from, lasted } = trouble;
  const { times, names } = context;
  const { until } = one;
  const name = (
    <>
      {number}. <b>{names.hub(hub)}</b>{" "}
    </>
  );
  if (until === null && isForGood(one))
    return (
      <p class="soft">
        {name}lost its connection for good at {times.both(from)}
      </p>
    );
  return (
    <p class="soft">
      {name}
      {one.kind === "failed-start" && `tried to start for ${duration(one.failedAt - one.from)}, and `}
      {one.kind === "hang" ? "waited for " : "was without a connection for "}
      <b>{duration(lasted)}</b>
      {until === null ? `${soFar(one)}, from ${times.both(from)}` : ` from ${times.clocks(from, until)}`}
      {one.kind === "interruption" &&
        from !== one.from &&
        `; messages stopped then, and it was lost at ${times.both(one.from)}`}
    </p>
  );
}

function LastMessages({ trouble: { one, hub }, context: { times } }: Pick<Props, "trouble" | "context">) {
  const last = lastMessages(hub, one.from);
  if (last.length === 0) return null;
  return (
    <details class="last-messages">
      <summary>Last {last.length === 1 ? "message" : `${last.length} messages`} before the loss</summary>
      <ol>
        {last.map(({ t, direction, type, target, size, swallowed }, i) => (
          <li key={i}>
            <span class="at">{times.local(t)}</span>
            <span class="soft">{direction === "in" ? "in" : "out"}</span>
            <span class="wrap-any">
              {type} <b>{target}</b>
              {swallowed && " (swallowed by a fault)"}
            </span>
            <span class="r">{bytes(size)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
