/** A table for each hub connection: how many messages of each kind it carried. */
import type { HubConnectionModel } from "../core/model/types.ts";
import { bytes, counted, duration, whole } from "../core/text/format.ts";
import { oneLine } from "./facts/sentences.ts";
import { medianLatency, messageStatistics, type MessageStatistic } from "./statistics.ts";
import { wide } from "./wide.ts";

/** Rows shown of a table; one more line sums up the others. */
const MAX_ROWS = 12;

interface Props {
  readonly hub: HubConnectionModel;
  readonly name: string;
}

export function StatisticsSection({ hub, name }: Props) {
  const all = messageStatistics(hub);
  const latency = medianLatency(hub);
  const { in: inbound, out: outbound } = hub.totals;
  const swallowed = inbound.swallowed + outbound.swallowed;
  return (
    <div>
      <h3>{name}</h3>
      <p class="soft">
        {counted(inbound.messages, "message")} in ({bytes(inbound.bytes)}),{" "}
        {counted(outbound.messages, "message")} out ({bytes(outbound.bytes)})
        {swallowed > 0 && `, and ${whole(swallowed)} swallowed by faults`}
        {latency !== null && `; median latency ${duration(latency)}`}.
      </p>
      {all.length > 0 && <StatisticsTable all={all} />}
    </div>
  );
}

function StatisticsTable({ all }: { all: readonly MessageStatistic[] }) {
  const rest = all.slice(MAX_ROWS);
  return (
    <div {...wide("Messages by kind")}>
      <table>
        <thead>
          <tr>
            <th scope="col">Direction</th>
            <th scope="col">Type</th>
            <th scope="col">Target</th>
            <th scope="col" class="r">
              Count
            </th>
            <th scope="col" class="r">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {all.slice(0, MAX_ROWS).map((row, i) => (
            <tr key={i}>
              <td>{row.direction}</td>
              <td>
                {row.type}
                {row.swallowed && ", swallowed"}
              </td>
              <td>{oneLine(row.target)}</td>
              <td class="r">{whole(row.count)}</td>
              <td class="r">{bytes(row.bytes)}</td>
            </tr>
          ))}
          {rest.length > 0 && (
            <tr>
              <td colSpan={3}>{counted(rest.length, "other kind")}</td>
              <td class="r">{whole(rest.reduce((sum, row) => sum + row.count, 0))}</td>
              <td class="r">{bytes(rest.reduce((sum, row) => sum + row.bytes, 0))}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
