/** The environment of the recording: its pages, and the settings of each hub connection. */
import type { HubConnectionModel, PageModel, RecordingModel } from "../core/model/types.ts";
import { dateTime, duration } from "../core/text/format.ts";
import { HOSTING_WORD, statefulWord } from "../wording/hub-words.ts";
import { RECORDING_END_WHY } from "../wording/recording-end.ts";
import type { ReportContext } from "./report-context.ts";
import { hubName } from "../core/model/hub-name.ts";

interface Props {
  readonly model: RecordingModel;
  readonly context: ReportContext;
}

export const EnvironmentSection = ({ model, context }: Props) => (
  <>
    {model.pages.map((page) => (
      <PageLines key={page.id} page={page} context={context} />
    ))}
    <div class="wide">
      <table class="settings">
        <thead>
          <tr>
            <th>Hub</th>
            <th>Client</th>
            <th>Hosting</th>
            <th>Transport</th>
            <th>Protocol</th>
            <th>Stateful reconnect</th>
            <th>Server timeout</th>
            <th>Keep-alive</th>
            <th>Automatic reconnect</th>
            <th>Connection id</th>
          </tr>
        </thead>
        <tbody>
          {model.hubs.map((hub) => (
            <SettingsRow key={hub.key} hub={hub} name={hubName(hub)} />
          ))}
        </tbody>
      </table>
    </div>
  </>
);

function PageLines({ page, context: { zone } }: { page: PageModel; context: ReportContext }) {
  const { started, unrecordedFrom, unrecordedBecause } = page;
  if (!started) return null;
  // Of a worker, and where the page keeps it from us, nothing is known of the navigation.
  const how = [
    ...(started.navigation === "unknown" ? [] : [started.navigation]),
    ...(started.wasDiscarded ? ["after a discard"] : []),
  ];
  return (
    <p>
      <code>{started.url}</code>
      {!started.top && ` (${started.worker ? `${started.worker} worker` : "frame"})`}
      <br />
      <span class="soft">
        {started.userAgent}
        <br />
        Opened {dateTime(started.openedAt, zone)}
        {how.length > 0 && ` (${how.join(", ")})`}.{" "}
        {started.midway && "The recording started after page load. "}
        {started.fromDevtools && "Read from DevTools, which doesn't tell how a connection ended. "}
        {started.probe ? "With the client probe." : "Without the client probe: inferred from wire."}
        {unrecordedFrom !== null &&
          ` The recording ended ${dateTime(unrecordedFrom, zone)}, while the page went on${unrecordedBecause === null ? "" : `: ${RECORDING_END_WHY[unrecordedBecause]}`}.`}
      </span>
    </p>
  );
}

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
