import { visibleText } from "../../extension/core/text/visible-text.ts";
import { counted, duration, whole } from "../../extension/core/text/format.ts";
import { CAUSE_WORD } from "../../extension/wording/labels.ts";
import type { Summary } from "./summary.ts";

/** The key figures of a recording. A figure of zero is left out, unless the zero is good news. */
export function Figures({ summary }: { summary: Summary }) {
  const { hubs, interruptions, failedStarts, down, growing, lost, missed, messages } = summary;
  const { dropped, swallowed, cut, unrecorded, hanging, waiting, hangsEnded } = summary;
  // What has never connected and hangs isn't down, but that is no good news.
  const timesDown = down.filter(({ value }) => value > 0 || hanging + waiting.length === 0);
  return (
    <div class="figures">
      <Count n={hubs.length} one="hub connection" />
      <Count n={interruptions} one="interruption" />
      {failedStarts > 0 && <Count n={failedStarts} one="failed start" />}
      {hanging > 0 && <Count n={hanging} one="hanging connection" bad />}
      {waiting.length > 0 && <Count n={waiting.length} one="waiting connection" />}
      {hangsEnded > 0 && <Count n={hangsEnded} one="hang that ended" many="hangs that ended" />}
      {timesDown.map(({ value, meaning }) => (
        <Figure key={meaning} value={duration(value)} word={`${meaning}${growing ? " so far" : ""}`} />
      ))}
      <Count n={lost} one="call lost in flight" many="calls lost in flight" bad={lost > 0} />
      <Figure
        value={missed === 0 ? "0" : `≈ ${whole(missed)}`}
        word={missed === 1 ? "message missed" : "messages missed"}
      />
      <Count n={messages} one="message" />
      {swallowed > 0 && <Figure value={whole(swallowed)} word="swallowed by faults" />}
      <Count n={dropped} one="event not recorded" many="events not recorded" bad={dropped > 0} />
      {cut > 0 && <Count n={cut} one="payload cut" many="payloads cut" />}
      {unrecorded > 0 && (
        <Count n={unrecorded} one="connection not recorded" many="connections not recorded" />
      )}
    </div>
  );
}

interface CountProps {
  readonly n: number;
  readonly one: string;
  readonly many?: string;
  readonly bad?: boolean;
}

const Count = ({ n, one, many = `${one}s`, bad = false }: CountProps) => (
  <Figure value={whole(n)} word={n === 1 ? one : many} bad={bad} />
);

const Figure = ({ value, word, bad = false }: { value: string; word: string; bad?: boolean }) => (
  <div class="figure">
    <b class={bad ? "bad" : undefined}>{value}</b>
    <span>{word}</span>
  </div>
);

/** A table with the key figures and the causes for each hub connection. */
export const HubTable = ({ summary: { hubs } }: { summary: Summary }) => (
  <table class="report-table">
    <thead>
      <tr>
        <th scope="col">Connection</th>
        <th scope="col" class="r">
          Interruptions
        </th>
        <th scope="col" class="r">
          Down
        </th>
        <th scope="col">Causes</th>
      </tr>
    </thead>
    <tbody>
      {hubs.map((hub) => (
        <tr key={hub.key}>
          <td>{visibleText(hub.name)}</td>
          <td class="r">
            {hub.interruptions}
            {hub.failedStarts > 0 && ` + ${counted(hub.failedStarts, "failed start")}`}
            {hub.hangs > 0 && ` + ${counted(hub.hangs, "hang")}`}
          </td>
          <td class="r">{duration(hub.down)}</td>
          <td class="wrap">
            {hub.causes.map(([cause, n]) => `${CAUSE_WORD[cause]}${n > 1 ? ` ×${n}` : ""}`).join(", ") ||
              "none"}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
