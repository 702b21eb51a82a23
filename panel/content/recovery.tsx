/** What it took to connect again after an interruption, and what the app did then until its traffic was steady. */
import { usually, weightOf, type Weight } from "../../extension/core/diagnosis/weight/weight.ts";
import type { HubConnectionModel, InterruptionModel } from "../../extension/core/model/types.ts";
import { bytes, counted, duration, whole } from "../../extension/core/text/format.ts";
import {
  comparedToStart,
  isWorthTelling,
  methodsOf,
  steadyWords,
} from "../../extension/wording/weight-words.ts";
import { useContentContext } from "./content-context.ts";
import { CostRow } from "./cost-row.tsx";
import { PartHeading } from "./part-heading.tsx";

interface Props {
  readonly interruption: InterruptionModel;
  readonly hub: HubConnectionModel;
}

/** Nothing, as long as the connection isn't there again. */
export function Recovery({ interruption, hub }: Props) {
  const { pages } = useContentContext();
  const weight = weightOf(interruption, pages);
  if (!weight) return null;
  const { lostAt, connectedAt, steady, tries, negotiates, transports, visible, byReload } = weight;
  const down = connectedAt - lostAt;
  return (
    <>
      <PartHeading>Recovery</PartHeading>
      <dl class="cost" data-testid="recovery" data-steady={steady.kind}>
        <CostRow figure={steady.kind === "steady" ? duration(steady.t - lostAt) : "?"}>
          {steadyWords(weight)}
        </CostRow>
        <CostRow figure={whole(negotiates + transports)}>
          {negotiates + transports === 1 ? "request" : "requests"} to connect:{" "}
          {counted(negotiates, "negotiate")} and {counted(transports, "transport")} in{" "}
          {counted(tries, "try", "tries")}
          {byReload && ", on the page that was loaded next"}
        </CostRow>
        {visible < down - 1 && (
          <CostRow figure={visible > 0 ? duration(visible) : "0 s"}>
            of {duration(down)} without a connection while the page was visible
          </CostRow>
        )}
        <Work weight={weight} />
        <Others interruption={interruption} hub={hub} weight={weight} />
      </dl>
    </>
  );
}

function Work({ weight }: { readonly weight: Weight }) {
  const { work, repeated } = weight;
  const { calls, sends } = work;
  const compared = comparedToStart(weight);
  return (
    <>
      <CostRow figure={whole(calls)}>
        {calls === 1 ? "call" : "calls"} after the reconnect{calls > 0 && `: ${methodsOf(work)}`}
        {sends > 0 && `. ${whole(sends)} of them without an answer, made with send()`}
      </CostRow>
      {work.in.messages + work.out.messages > 0 && (
        <CostRow figure={bytes(work.in.bytes)}>
          received in {counted(work.in.messages, "message")}, {bytes(work.out.bytes)} sent in{" "}
          {whole(work.out.messages)}. The app&rsquo;s other HTTP requests aren&rsquo;t recorded
        </CostRow>
      )}
      {isWorthTelling(repeated.calls, repeated.answered) && (
        <CostRow figure={whole(repeated.calls)}>
          {repeated.calls === 1 ? "call" : "calls"} of the same methods as after the first start, with{" "}
          {bytes(repeated.answered)} of answers
        </CostRow>
      )}
      {compared !== null && <CostRow figure={compared.figure}>{compared.text}</CostRow>}
    </>
  );
}

/** Only where it says something: other reconnects of the same connection. */
function Others({ interruption, hub, weight: { work } }: Props & { readonly weight: Weight }) {
  const others = usually(interruption, hub);
  if (!others) return null;
  if (!isWorthTelling(Math.max(work.calls, others.calls), Math.max(work.in.bytes, others.bytesIn)))
    return null;
  return (
    <CostRow figure={whole(others.reconnects)}>
      other reconnects of this connection took, as a median: {counted(others.calls, "call")},{" "}
      {bytes(others.bytesIn)} received, steady after {duration(others.steadyAfter)}
    </CostRow>
  );
}
