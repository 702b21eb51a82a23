import type {
  HubConnectionModel,
  SequenceCount,
  StatefulModel,
} from "../../../extension/core/model/types.ts";
import { TimeLink } from "../../components/time-link.tsx";
import { usePanel } from "../../state/panel-state.ts";
import { bytes, counted, duration, whole } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import { CodeTag } from "../../content/tags.tsx";
import { resumeFacts, type ResumeFacts } from "../../../extension/wording/resume-facts.ts";
import { WindowCountdown } from "../../components/window-countdown.tsx";

/** The default buffer limit of both sides, in bytes. */
const BUFFER_LIMIT = 100_000;
const MAX_RESUMES = 20;
const DOCS = "https://learn.microsoft.com/aspnet/core/signalr/configuration#configure-stateful-reconnect";

export function StatefulInspector({ hub }: { hub: HubConnectionModel }) {
  const { stateful } = hub;
  return (
    <aside class="col card stateful" aria-label="Stateful reconnect" tabIndex={-1} data-testid="stateful">
      <header class="card-head">
        <h2 class="title">Stateful reconnect</h2>
        <Granted stateful={stateful} />
      </header>
      <WindowCountdown hub={hub} />
      {stateful?.granted ? (
        <>
          <Accounts stateful={stateful} />
          <Resumes hub={hub} stateful={stateful} />
        </>
      ) : (
        <p class="say">
          {explanation(stateful)}{" "}
          <a class="read-on" href={DOCS} target="_blank" rel="noreferrer" title={DOCS}>
            Learn more <Icon name="link" small />
          </a>
        </p>
      )}
    </aside>
  );
}

function Granted({ stateful }: { stateful: StatefulModel | null }) {
  if (!stateful) return <span class="badge">not requested</span>;
  if (stateful.granted === null) return <span class="badge">requested, no answer yet</span>;
  return stateful.granted ? (
    <>
      <CodeTag tone="good">granted</CodeTag>
      <span class="soft">kept for {duration(stateful.window)} after a loss (default)</span>
    </>
  ) : (
    <CodeTag tone="warn">requested, not granted</CodeTag>
  );
}

function explanation(stateful: StatefulModel | null): string {
  if (!stateful)
    return "Not requested by the client: after every loss the connection gets a new id and loses its groups, and messages sent in the meantime are lost. With withStatefulReconnect() in the client and AllowStatefulReconnects on the server, the app doesn't notice short losses.";
  if (stateful.granted === null) return "Requested by the client; no answer from the server yet.";
  return "Requested by the client, not granted by the server: AllowStatefulReconnects is off for this hub, or a proxy removes it. Every loss leads to a new id.";
}

const BothWays = () => (
  <thead>
    <tr>
      <td />
      <th class="r">To the server</th>
      <th class="r">To the app</th>
    </tr>
  </thead>
);

function Row({ name, out, back }: { name: string; out: string; back: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="r">{out}</td>
      <td class="r">{back}</td>
    </tr>
  );
}

function Accounts({ stateful }: { stateful: StatefulModel }) {
  const { in: inbound, out: outbound } = stateful;
  const row = (name: string, value: (count: SequenceCount) => string) => (
    <Row name={name} out={value(outbound)} back={value(inbound)} />
  );
  return (
    <section>
      <h3 class="section">
        Current connection id <span class="dim">numbered messages: all but pings, acks and Close</span>
      </h3>
      <table class="tries accounts" data-testid="accounts">
        <BothWays />
        <tbody>
          {row("Last sequence id", ({ last }) => whole(last))}
          {row("Acknowledged up to", ({ acked, acks }) => `${whole(acked)} (${counted(acks, "ack")})`)}
          {row("Not acknowledged", ({ last, acked }) => whole(Math.max(0, last - acked)))}
        </tbody>
      </table>
      <Buffer name="Client buffer" count={outbound}>
        At the limit, send() and invoke() wait.
      </Buffer>
      <Buffer name="Server buffer" count={inbound}>
        Inferred from the messages seen.
      </Buffer>
    </section>
  );
}

function Buffer({ name, count, children }: { name: string; count: SequenceCount; children: string }) {
  const share = (n: number): string => `${Math.min(100, (n / BUFFER_LIMIT) * 100)}%`;
  const { unackedBytes, peakBytes } = count;
  return (
    <div class={peakBytes >= BUFFER_LIMIT ? "buffer full" : "buffer"} data-testid="buffer">
      <p>
        <span>{name}</span> <b>{bytes(unackedBytes)}</b>
        <span class="dim">
          {" "}
          of {whole(BUFFER_LIMIT)} B (default) · peak {bytes(peakBytes)}
        </span>
      </p>
      <meter
        class="vh"
        min={0}
        max={BUFFER_LIMIT}
        value={Math.min(BUFFER_LIMIT, unackedBytes)}
        aria-label={name}
      />
      <div class="gauge" aria-hidden="true" title={children}>
        <i style={{ width: share(unackedBytes) }} />
        <em style={{ left: share(peakBytes) }} />
      </div>
      {peakBytes >= BUFFER_LIMIT && <p class="bad">The buffer was full. {children}</p>}
    </div>
  );
}

function Resumes({ hub, stateful }: { hub: HubConnectionModel; stateful: StatefulModel }) {
  const all = stateful.resumes.slice(-MAX_RESUMES);
  return (
    <section>
      <h3 class="section">
        Resumes <span class="dim">{stateful.resumes.length > 0 && "invisible to the app if successful"}</span>
      </h3>
      {all.length === 0 && <p class="soft">No losses that could be resumed.</p>}
      <ol class="resumes">
        {all.toReversed().map((resume) => (
          <Resume key={resume.socket} facts={resumeFacts(hub, resume)} />
        ))}
      </ol>
    </section>
  );
}

const OUTCOMES = {
  running: ["none", "in progress"],
  resumed: ["good", "same id, invisible to the app"],
  refused: ["bad", "new id"],
} as const;

function Resume({ facts: { resume, interruption, why, ...sides } }: { facts: ResumeFacts }) {
  const panel = usePanel();
  const [tone, word] = OUTCOMES[resume.outcome];
  const until = resume.endedAt ?? panel.view.extent.value.to;
  return (
    <li data-testid="resume" data-outcome={resume.outcome}>
      <p class="clog-head">
        <TimeLink t={resume.lostAt} />
        {tone === "none" ? <span class="badge">{word}</span> : <CodeTag tone={tone}>{word}</CodeTag>}
        <span class="soft">
          {resume.outcome === "running" ? "for" : "after"} {duration(until - resume.lostAt)}, tried{" "}
          {duration(resume.startedAt - resume.lostAt)} after the loss
        </span>
      </p>
      <table class="tries accounts">
        <BothWays />
        <tbody>
          <Row
            name="Not acknowledged at the loss"
            out={whole(resume.unacked.out)}
            back={whole(resume.unacked.in)}
          />
          {resume.outcome === "resumed" && (
            <>
              <Row name="Resumed at" out={numberOf(sides.out.at)} back={numberOf(sides.in.at)} />
              <Row name="Sent again" out={whole(resume.replayed.out)} back={whole(resume.replayed.in)} />
              <Row name="First new" out={numberOf(sides.out.newFrom)} back={numberOf(sides.in.newFrom)} />
            </>
          )}
        </tbody>
      </table>
      {resume.outcome === "resumed" && resume.replayed.in + resume.replayed.out > 0 && (
        <p class="life">The receiver drops messages that it already has.</p>
      )}
      {why !== null && <p class="life">{why}</p>}
      {interruption && (
        <button
          class="link"
          onClick={() => {
            panel.selection.downtimeKey.value = interruption.key;
            panel.tab.value = "interruptions";
          }}
        >
          {resume.outcome === "refused" ? "Impact of the new id" : "Show interruption"}
        </button>
      )}
    </li>
  );
}

const numberOf = (n: number | null): string => (n === null ? "none seen" : `#${whole(n)}`);
