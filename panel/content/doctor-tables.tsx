/** What the connection doctor measured, as tables. */
import type { ComponentChildren } from "preact";
import type { AppUse } from "../../extension/core/doctor/app-uses.ts";
import type { DoctorConnected, DoctorFact } from "../../extension/core/events/doctor-events.ts";
import { bytes, duration, whole } from "../../extension/core/text/format.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { outcomeWords, PROTOCOL_WORD, RESUME_WORD, took } from "../../extension/wording/doctor-labels.ts";
import { stickyInWords } from "../../extension/wording/doctor-text.ts";
import { isLack, wayInWords } from "../../extension/wording/doctor-words.ts";
import { KIND_WORD } from "../../extension/wording/transport-name.ts";
import { PartHeading } from "./part-heading.tsx";

interface Props {
  readonly facts: readonly DoctorFact[];
  /** Whether the app's client skips the negotiation. */
  readonly skips: boolean;
  readonly uses: readonly AppUse[];
}

export function DoctorTables({ facts, skips, uses }: Props) {
  const of = <K extends DoctorFact["kind"]>(kind: K) =>
    facts.filter((fact): fact is Extract<DoctorFact, { kind: K }> => fact.kind === kind);
  return (
    <>
      <Table
        title="Transports and protocols"
        head={["Transport", "Protocol", "+Result", ">Open", ">Handshake", ">Connected", ">Round trip"]}
        rows={of("doctor-connect").map((one) => [
          <>
            {wayInWords(one)} {isOfApp(one, uses, skips) && <span class="badge of-app">app</span>}
          </>,
          PROTOCOL_WORD[one.protocol],
          <Outcome one={one} />,
          took(one.open),
          took(one.handshake),
          one.outcome === "connected" ? duration(one.duration) : "–",
          took(one.roundTrip),
        ])}
      />
      <Table
        title="Negotiates"
        head={["+Answer", ">DNS", ">Connect", ">TLS", ">Wait", ">Total"]}
        rows={of("doctor-negotiate").map((one) => [
          <>
            {one.status ?? "no answer"}
            <Details
              of={[
                one.blockedBy && `blocked by the page's ${one.blockedBy}`,
                one.error,
                one.redirectedTo && `redirected to ${one.redirectedTo}`,
                one.redirectUrl && `sent to ${one.redirectUrl}`,
                one.retryAfter && `Retry-After: ${one.retryAfter}`,
                ...(one.headers ?? []),
                one.encoding && `encoding: ${one.encoding}`,
              ]}
            />
          </>,
          took(one.dns),
          took(one.connect),
          took(one.tls),
          took(one.wait),
          duration(one.duration),
        ])}
      />
      <Table
        title="Sticky sessions and stateful reconnect"
        head={["What", "+Result"]}
        rows={[
          ...of("doctor-sticky").map((one) => [
            `${KIND_WORD[one.transport]}, several connections`,
            stickyInWords(one),
          ]),
          ...of("doctor-resume").map((one) => [
            "Stateful reconnect",
            <>
              {RESUME_WORD[one.outcome]}
              {one.duration !== undefined && ` after ${duration(one.duration)}`}
              <Details of={[one.error]} />
            </>,
          ]),
        ]}
      />
      <Table
        title="Largest messages"
        head={["Direction", "Transport", ">Arrived", ">Didn't", "+Why"]}
        rows={of("doctor-size").map((one) => [
          one.direction === "in" ? "From the server" : "To the server",
          KIND_WORD[one.transport],
          one.passed === 0 ? "none" : bytes(one.passed),
          one.failed === null ? "none tried" : bytes(one.failed),
          <Details
            bare
            of={[
              one.status !== undefined && `status ${one.status}`,
              one.code !== undefined && `close code ${one.code}`,
              one.error,
            ]}
          />,
        ])}
      />
      <Table
        title="Left open"
        head={["Transport", ">Open for", ">Pings", ">Interval", ">Longest", "+End"]}
        rows={of("doctor-stay").map((one) => [
          KIND_WORD[one.transport],
          duration(one.duration),
          whole(one.pings),
          took(one.interval),
          took(one.longest),
          <>
            {one.lost ? <span class="bad-word">lost</span> : "still open"}
            <Details
              of={[
                one.code !== undefined && `close code ${one.code}`,
                one.status !== undefined && `status ${one.status}`,
                one.error,
              ]}
            />
          </>,
        ])}
      />
    </>
  );
}

const isOfApp = (
  { transport, protocol, skipNegotiation = false }: DoctorConnected,
  uses: readonly AppUse[],
  skips: boolean,
): boolean =>
  (transport !== "WebSockets" || skipNegotiation === skips) &&
  uses.some((use) => use.transport === transport && (use.protocol === protocol || use.protocol === null));

const Outcome = ({ one }: { one: DoctorConnected }) => {
  const words = visibleText(outcomeWords(one));
  return one.outcome === "connected" || isLack(one.outcome) ? (
    <>{words}</>
  ) : (
    <span class="bad-word">{words}</span>
  );
};

function Details({ of, bare = false }: { of: readonly (string | false | undefined)[]; bare?: boolean }) {
  const words = of.filter((one) => one !== undefined && one !== false && one !== "").join(" · ");
  if (words === "") return null;
  return <span class="soft">{`${bare ? "" : " · "}${visibleText(words)}`}</span>;
}

interface TableProps {
  readonly title: string;
  /** A column of figures begins with ">", one of long texts with "+". */
  readonly head: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}

/** Nothing, where nothing of it was measured. */
function Table({ title, head, rows }: TableProps) {
  if (rows.length === 0) return null;
  const align = head.map((one) => (one.startsWith(">") ? "r" : one.startsWith("+") ? "long" : undefined));
  return (
    <section class="doctor-table">
      <PartHeading>{title}</PartHeading>
      <div class="wide" tabIndex={0} role="group" aria-label={title}>
        <table class="report-table">
          <thead>
            <tr>
              {head.map((one, i) => (
                <th key={one} scope="col" class={align[i]}>
                  {one.replace(/^[>+]/, "")}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, i) => (
              <tr key={i}>
                {cells.map((cell, column) => (
                  <td key={column} class={align[column]}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
