/** One interruption or one failed start in the report: the same content as in the panel, with its page and its time. */
import { Advice } from "../../panel/content/advice.tsx";
import { DowntimeBody, DowntimeHead } from "../../panel/content/downtime-card.tsx";
import { downFor, downFrom } from "../core/model/downtime.ts";
import type { Hang, Trouble } from "../core/diagnosis/hang.ts";
import type { FaultSpan, HubConnectionModel } from "../core/model/types.ts";
import { clock, duration } from "../core/text/format.ts";
import type { ReportContext } from "./report-context.ts";
import { isForGood, soFar } from "../wording/so-far.ts";
import { hubName } from "../core/model/hub-name.ts";

interface Props {
  readonly one: Trouble;
  readonly hang: Hang | undefined;
  readonly hub: HubConnectionModel;
  readonly faults: readonly FaultSpan[];
  readonly context: ReportContext;
}

export const DowntimeCard = ({ one, hang, hub, faults, context }: Props) => (
  <article class="card">
    <PlaceAndTime one={one} hub={hub} context={context} />
    <DowntimeHead one={one} hang={hang} faults={faults.filter(({ page }) => page === hub.page)} />
    <DowntimeBody one={one} hub={hub} />
    <div class="advice">
      <Advice one={one} hang={hang} />
    </div>
  </article>
);

function PlaceAndTime({ one, hub, context: { end, zone } }: Omit<Props, "faults" | "hang">) {
  const { until } = one;
  const from = one.kind === "hang" ? one.from : downFrom(one);
  if (until === null && isForGood(one))
    return (
      <p class="soft">
        <b>{hubName(hub)}</b> lost its connection for good at {clock(from, 3, zone)}
      </p>
    );
  return (
    <p class="soft">
      <b>{hubName(hub)}</b>{" "}
      {one.kind === "failed-start" && `tried to start for ${duration(one.failedAt - one.from)}, and `}
      {one.kind === "hang" ? "waited for " : "was without a connection for "}
      <b>{duration(one.kind === "hang" ? one.total : downFor(one, end))}</b>
      {until === null
        ? `${soFar(one)}, from ${clock(from, 3, zone)}`
        : ` from ${clock(from, 3, zone)} to ${clock(until, 3, zone)}`}
    </p>
  );
}
