import { useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { hubName } from "../../../extension/core/model/hub-name.ts";
import { duplicatesOf } from "../../../extension/core/model/duplicates.ts";
import { heldBack } from "../../../extension/core/diagnosis/held-back.ts";
import { heldBackWords } from "../../../extension/wording/call-waits.ts";
import { waitingWords } from "../../../extension/core/diagnosis/wait-words.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { HOSTING_TEXT, negotiateWords, whyNoHosting } from "../../../extension/wording/hub-sentences.ts";
import { IMPORTED_TITLE, IMPORTED_UNKNOWN } from "../../../extension/wording/imported-from.ts";
import { blazorDelays } from "../../../extension/wording/circuit-words.ts";
import {
  HOSTING_WORD,
  negotiateSeen,
  protocolName,
  retryPlan,
} from "../../../extension/wording/hub-words.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { useEvents } from "../../state/follow-events.ts";
import { usePanel } from "../../state/panel-state.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { clock, counted, duration, whole } from "../../../extension/core/text/format.ts";
import { spanWord } from "../../../extension/wording/words.ts";
import { AppMistakes, CallSites } from "./app-mistakes.tsx";
import { ConnectionLog } from "./connection-log.tsx";

/** Rows of the log that are shown at first. */
const MAX = 10;
/** Blazor makes ten attempts at once, and later ones seldom. */
const MOST_DELAYS = 15;

export function HubDetails({ hub }: { hub: HubConnectionModel }) {
  const [shown, setShown] = useState(MAX);
  useEvents();
  const state = hub.states.at(-1)?.state ?? "disconnected";
  return (
    <article
      class="col card"
      data-testid="connection-details"
      data-path={hub.path}
      aria-label={`Details of ${hubName(hub)}`}
      tabIndex={-1}
    >
      <header class="card-head">
        <h2 class="title">{visibleText(hubName(hub))}</h2>
        <span class={`pill ${state}`}>{spanWord(hub.states, hub.states.length - 1)}</span>
        <WaitingFor hub={hub} />
        {hub.connectionId !== null && (
          <span class="ids">
            <span class="dim">connection id</span>
            <code>{hub.connectionId}</code>
            <CopyButton text={hub.connectionId} label={`Copy the connection id of ${hubName(hub)}`} />
          </span>
        )}
      </header>
      <FromDevtools hub={hub} />
      <Facts hub={hub} />
      <AppMistakes hub={hub} />
      <HeldBackNote hub={hub} />
      <section>
        <h3 class="section">
          Attempts and transports <span class="dim">newest first, each on its own scale</span>
        </h3>
        <ConnectionLog hub={hub} max={shown} />
        {hub.attempts.length > shown && (
          <button
            class="link"
            onClick={() => {
              setShown(shown + MAX);
            }}
          >
            {whole(hub.attempts.length - shown)} earlier
          </button>
        )}
      </section>
      <CallSites hub={hub} />
    </article>
  );
}

function HeldBackNote({ hub }: { hub: HubConnectionModel }) {
  const held = heldBack(hub);
  return held ? (
    <p class="waiting" data-testid="held-back">
      {heldBackWords(held)}
    </p>
  ) : null;
}

function WaitingFor({ hub }: { hub: HubConnectionModel }) {
  const { watched } = usePanel();
  const long = watched.value.waiting.find((one) => one.hub === hub);
  return long ? <span class="waiting">{waitingWords(long.wait, long.length)}</span> : null;
}

function Facts({ hub }: { hub: HubConnectionModel }) {
  const panel = usePanel();
  useEvents();
  const plan = retryPlan(hub);
  const expiry = hub.transports.at(-1)?.tokenExpiresAt ?? null;
  const now = panel.view.extent.value.to;
  const twins = duplicatesOf(hub, panel.cleared.hubs.value, now);
  return (
    <dl class="kv facts-grid">
      <Fact name="Address">
        <span class="wrap-any">{visibleText(hub.url)}</span>
      </Fact>
      <Fact name="Hosting" testId="fact-hosting">
        <HostingFact hub={hub} />
      </Fact>
      <Fact name="Negotiate" testId="fact-negotiate">
        {negotiateWords(hub)}
      </Fact>
      <Fact name="Client">
        {hub.clientVersion ?? (
          <Unknown>
            {negotiateSeen(hub) === "before"
              ? "sent before the recording began"
              : "clients before 5.0 don't send it"}
          </Unknown>
        )}
      </Fact>
      <Fact name="Transport">
        {hub.transport ?? <Unknown />}
        {hub.protocol !== null && `, ${protocolName(hub.protocol)}`}
      </Fact>
      <Fact name="Timeouts">
        {hub.serverTimeout === null || hub.keepAliveInterval === null ? (
          <Unknown>the HubConnection object was not found</Unknown>
        ) : (
          `server timeout ${duration(hub.serverTimeout)}, keep-alive every ${duration(hub.keepAliveInterval)}`
        )}
      </Fact>
      <Fact name="Reconnect">
        {hub.circuit !== null ? (
          <BlazorRetries hub={hub} />
        ) : plan !== null ? (
          `on, retry delays ${plan}`
        ) : hub.hasReconnectPolicy === null ? (
          <Unknown />
        ) : hub.hasReconnectPolicy ? (
          "on, no retry yet"
        ) : (
          "off: the app doesn't use withAutomaticReconnect()"
        )}
      </Fact>
      {twins.length > 0 && (
        <Fact name="Duplicates" testId="fact-duplicates">
          <span class="bad">{counted(twins.length, "other connection")} to this hub at the same time</span>
          <span class="dim">
            {" "}
            · what is sent to all clients arrives once for each: was start() called twice, or stop() left out?
          </span>
        </Fact>
      )}
      {expiry !== null && (
        <Fact name="Token">
          {expiry > now
            ? `expires at ${clock(expiry)}, in ${duration(expiry - now)}`
            : `expired at ${clock(expiry)}`}
        </Fact>
      )}
    </dl>
  );
}

/** Blazor has a policy of its own, which can't be read from the page. */
function BlazorRetries({ hub }: { hub: HubConnectionModel }) {
  const delays = blazorDelays(hub).slice(0, MOST_DELAYS);
  return (
    <>
      by Blazor, with a new connection for each attempt
      {delays.length > 0 && (
        <span class="dim"> · real delays {delays.map((delay) => duration(delay)).join(", ")}</span>
      )}
    </>
  );
}

function Fact({ name, testId, children }: { name: string; testId?: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={testId}>{children}</dd>
    </div>
  );
}

const Unknown = ({ children }: { children?: string }) => (
  <span class="dim">not known{children === undefined ? "" : `: ${children}`}</span>
);

function HostingFact({ hub }: { hub: HubConnectionModel }) {
  const { hosting } = hub;
  if (!hosting) return <Unknown>{whyNoHosting(hub)}</Unknown>;
  return (
    <>
      <b>{HOSTING_WORD[hosting.kind]}</b>, <code class="wrap-any">{visibleText(hosting.host)}</code>
      <span class="dim"> · {HOSTING_TEXT[hosting.kind]}</span>
    </>
  );
}

/** A connection of a worker, or from a file of another tool: less is known of it. */
function FromDevtools({ hub }: { hub: HubConnectionModel }) {
  const { loaded } = usePanel();
  useEvents();
  const page = loaded.value?.model.pages.find(({ id }) => id === hub.page);
  if (!page?.started?.fromDevtools) return null;
  const { importedFrom } = page.started;
  return (
    <p class="soft" data-testid="from-devtools">
      {importedFrom === undefined
        ? "In a worker. Read from DevTools, which doesn't tell how a connection ended; no client probe, and no faults."
        : `${IMPORTED_TITLE[importedFrom]}. ${IMPORTED_UNKNOWN[importedFrom]}`}
    </p>
  );
}
