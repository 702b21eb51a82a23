/** The environment of the recording: its pages, and the settings of each hub connection. */
import type { ImportedFrom } from "../core/events/events.ts";
import type { HubConnectionModel, PageModel, RecordingModel } from "../core/model/types.ts";
import { dateTime, duration } from "../core/text/format.ts";
import { HOSTING_WORD, statefulWord } from "../wording/hub-words.ts";
import { IMPORTED_TITLE, IMPORTED_UNKNOWN } from "../wording/imported-from.ts";
import { RECORDING_END_WHY } from "../wording/recording-end.ts";
import type { ReportContext } from "./report-context.ts";
import { MOST } from "./limits.ts";
import { NotShown } from "./not-shown.tsx";
import { oneLine } from "./facts/sentences.ts";
import { wide } from "./wide.ts";

interface Props {
  readonly model: RecordingModel;
  readonly context: ReportContext;
}

export const EnvironmentSection = ({ model, context }: Props) => (
  <>
    {model.pages.slice(0, MOST.rows).map((page) => (
      <PageLines key={page.id} page={page} context={context} />
    ))}
    <NotShown all={model.pages.length} most={MOST.rows} one="page or frame" many="pages and frames" />
    <div {...wide("Settings of the connections")}>
      <table class="settings">
        <thead>
          <tr>
            <th scope="col">Hub</th>
            <th scope="col">Client</th>
            <th scope="col">Hosting</th>
            <th scope="col">Transport</th>
            <th scope="col">Protocol</th>
            <th scope="col">Stateful reconnect</th>
            <th scope="col">Server timeout</th>
            <th scope="col">Keep-alive</th>
            <th scope="col">Automatic reconnect</th>
            <th scope="col">Connection id</th>
          </tr>
        </thead>
        <tbody>
          {model.hubs.slice(0, MOST.rows).map((hub) => (
            <SettingsRow key={hub.key} hub={hub} name={context.names.hub(hub)} />
          ))}
        </tbody>
      </table>
    </div>
    <NotShown all={model.hubs.length} most={MOST.rows} one="connection" />
  </>
);

function PageLines({ page, context: { times, names } }: { page: PageModel; context: ReportContext }) {
  const { started, unrecordedFrom, unrecordedBecause } = page;
  if (!started) return null;
  // Of a worker, and where the page keeps it from us, nothing is known of the navigation.
  const how = [
    ...(started.navigation === "unknown" ? [] : [started.navigation]),
    ...(started.wasDiscarded ? ["after a discard"] : []),
  ];
  return (
    <p>
      <b>{names.page(page)}</b> <code>{oneLine(started.url, MOST.text)}</code>
      {started.worker && ` (${started.worker} worker)`}
      <br />
      <span class="soft">
        {oneLine(started.userAgent)}
        <br />
        Opened {dateTime(started.openedAt, times.zone)}
        {how.length > 0 && ` (${how.join(", ")})`}.{" "}
        {started.midway && "The recording started after page load. "}
        {started.fromDevtools && `${originOf(started.importedFrom)} `}
        {started.probe ? "With the client probe." : "Without the client probe: inferred from wire."}
        {unrecordedFrom !== null &&
          ` The recording ended ${dateTime(unrecordedFrom, times.zone)}, while the page went on${unrecordedBecause === null ? "" : `: ${RECORDING_END_WHY[unrecordedBecause]}`}.`}
      </span>
    </p>
  );
}

const originOf = (importedFrom: ImportedFrom | undefined): string =>
  importedFrom === undefined
    ? "Read from DevTools, which doesn't tell how a connection ended."
    : `${IMPORTED_TITLE[importedFrom]}. ${IMPORTED_UNKNOWN[importedFrom]}`;

const SettingsRow = ({ hub, name }: { hub: HubConnectionModel; name: string }) => (
  <tr>
    <td>{name}</td>
    <td>{hub.clientVersion ?? "unknown"}</td>
    <td>{hub.hosting === null ? "unknown" : HOSTING_WORD[hub.hosting.kind]}</td>
    <td>{hub.transport ?? ""}</td>
    <td>{hub.protocol ?? ""}</td>
    <td>{statefulWord(hub)}</td>
    <td>{hub.serverTimeout === null ? "unknown" : duration(hub.serverTimeout)}</td>
    <td>{hub.keepAliveInterval === null ? "unknown" : duration(hub.keepAliveInterval)}</td>
    <td>
      {hub.circuit !== null
        ? "by Blazor"
        : hub.hasReconnectPolicy === null
          ? "unknown"
          : hub.hasReconnectPolicy
            ? "yes"
            : "no"}
    </td>
    <td>
      <code>{hub.connectionId ?? ""}</code>
    </td>
  </tr>
);
