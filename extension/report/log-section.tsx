/** Times, ids and headers to search for in the logs of servers and proxies. */
import type { ReportFacts } from "./facts/report-facts.ts";
import { chosenEntries } from "./facts/server-log.ts";
import { MOST, notShown } from "./limits.ts";
import { wide } from "./wide.ts";

export function LogSection({ facts: { log, names, times } }: { facts: ReportFacts }) {
  const shown = chosenEntries(log, MOST.logRows);
  const left = notShown(log.length, shown.length, "entry", "entries");
  return (
    <section id="log">
      <h2>For the server's logs</h2>
      <p class="soft">
        Connections as they opened and ended, and requests that failed. ASP.NET Core writes the connection id
        into its logs as TransportConnectionId. Response headers are those that name a request or who answered
        it, as far as the browser reports them.
      </p>
      {shown.length === 0 ? (
        <p>No request or connection was recorded.</p>
      ) : (
        <div {...wide("For the server's logs")}>
          <table class="log">
            <thead>
              <tr>
                <th scope="col">UTC</th>
                {!times.isUtc && <th scope="col">Local</th>}
                <th scope="col">Connection</th>
                <th scope="col">What</th>
                <th scope="col">Connection id</th>
                <th scope="col">Response headers</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ t, hub, what, connectionId, headers, isBad }, i) => (
                <tr key={i} class={isBad ? "bad-row" : undefined}>
                  <td class="at">{times.utc(t).replace(" UTC", "")}</td>
                  {!times.isUtc && <td class="at soft">{times.local(t)}</td>}
                  <td>{names.hub(hub)}</td>
                  <td>{what}</td>
                  <td>
                    <code>{connectionId ?? ""}</code>
                  </td>
                  <td>
                    <code>{headers.join("\n")}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {left !== null && <p class="soft">{left}</p>}
    </section>
  );
}
