import { useMemo } from "preact/hooks";
import type { HubMessage, RecordedEvent } from "../../../extension/core/events/events.ts";
import { hubName } from "../../../extension/core/model/hub-name.ts";
import type { CallModel, HubConnectionModel, MessageRow } from "../../../extension/core/model/types.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import type { LogRow } from "../../state/event-log.ts";
import { goToMessage } from "../../state/messages/go-to-message.ts";
import type { Payloads } from "../../state/payloads.ts";
import { usePanel } from "../../state/panel-state.ts";
import { TimeLink } from "../../components/time-link.tsx";
import { transportName } from "../../../extension/wording/transport-name.ts";
import { protocolName } from "../../../extension/wording/hub-words.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { bytes, duration, shortId, whole } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/icon.tsx";
import { FATE_WORD, typeName } from "../../../extension/wording/labels.ts";
import { wordsFor } from "../../../extension/wording/event-words.ts";
import { AppCode } from "./app-code.tsx";
import { binaryOf } from "./binary.ts";
import { hexText } from "./hex.ts";
import { Payload } from "./payload.tsx";
import type { ModelContext } from "../../state/messages/row-context.ts";
import { jsonNodes } from "./tree-nodes.ts";
import { Tree } from "./tree.tsx";

interface Props {
  readonly row: LogRow;
  readonly context: ModelContext;
  readonly payloads: Payloads;
}

export function MessageDetail({ row, context, payloads }: Props) {
  const panel = usePanel();
  const hub = context.hubOfRow(row.row);
  const read = payloads.of(row.row);
  const message = read?.message ?? null;
  const event = message ?? row.event;
  const words = wordsFor(event, hub);
  const copy = message ? copyOf(message) : null;
  return (
    <aside class="col mdetail" aria-label="Details" data-testid="message-detail" data-kind={event.kind}>
      <div class="mdetail-head">
        <div class="head">
          <h2 class="title">{message ? typeName(message.type) : visibleText(words.title || words.kind)}</h2>
          {message && hub?.protocol != null && <span class="badge">{protocolName(hub.protocol)}</span>}
          {message?.invocationId !== undefined && <span class="dim">invocation {message.invocationId}</span>}
          <span class="grow" />
          <CopyButton
            text={copy?.text ?? JSON.stringify(event, null, 2)}
            label={copy?.label ?? "Copy the event"}
          />
          <button
            class="mini"
            aria-label="Close"
            onClick={() => {
              panel.selection.message.value = null;
            }}
          >
            <Icon name="close" />
          </button>
        </div>
        <dl class="kv">
          {message && <CallFacts message={message} call={context.callOf(row.row)} />}
          <dt>Time</dt>
          <dd>
            <TimeLink t={event.t} />
          </dd>
          {message && hub && <AppCode message={message} hub={hub} />}
          {message && (
            <>
              <dt>Size</dt>
              <dd>{bytes(message.size)}</dd>
              <Numbered {...context.sequenceOf(row.row)} />
            </>
          )}
          {hub && (
            <>
              <dt>Connection</dt>
              <dd>
                <Connection hub={hub} row={row} />
              </dd>
            </>
          )}
        </dl>
      </div>
      {message ? <Payload message={message} isRead={read?.isRead ?? true} /> : <EventTree event={event} />}
    </aside>
  );
}

function EventTree({ event }: { event: RecordedEvent }) {
  const nodes = useMemo(() => jsonNodes(event), [event]);
  return <Tree nodes={nodes} label="Event" />;
}

/** Sequence number with stateful reconnect. A receiver ignores repeated messages that it already has. */
function Numbered({ sequence, replay }: Pick<MessageRow, "sequence" | "replay">) {
  if (sequence === null) return null;
  return (
    <>
      <dt>Sequence id</dt>
      <dd data-testid="sequence">
        {whole(sequence)}
        {replay && ", sent again by a resume"}
      </dd>
    </>
  );
}

/** null: its payload was not recorded. */
function copyOf(message: HubMessage): { text: string; label: string } | null {
  if (message.payload !== undefined) return { text: message.payload, label: "Copy the payload" };
  const binary = binaryOf(message);
  return binary && { text: hexText(binary.bytes), label: "Copy the bytes" };
}

function Connection({ hub, row }: { hub: HubConnectionModel; row: LogRow }) {
  const socket = "socket" in row.event ? row.event.socket : null;
  const at = hub.transports.findIndex((transport) => transport.socket === socket);
  const id = hub.transports[at]?.connectionId;
  return (
    <>
      {hubName(hub)}
      {id != null && (
        <>
          , <code>{shortId(id)}</code>
        </>
      )}
      {at >= 0 && `, ${transportName(hub.transports, at)}`}
    </>
  );
}

function CallFacts({ message, call }: { message: HubMessage; call: CallModel | null }) {
  const panel = usePanel();
  if (!call) return null;
  const opens = message.type === 1 || message.type === 4;
  const show = (t: number) => () => {
    goToMessage(panel, t, null);
  };
  const took = call.endedAt === null ? null : duration(call.endedAt - call.sentAt);
  return (
    <>
      <dt>{opens ? "Call" : "Answers"}</dt>
      <dd>
        {opens ? (
          <>
            {FATE_WORD[call.fate]}
            {took !== null && ` after ${took}`}
            {call.items > 0 && `, ${whole(call.items)} items`}{" "}
            {call.endedAt !== null && call.fate !== "lost" && (
              <button class="link" onClick={show(call.endedAt)}>
                Show completion
              </button>
            )}
          </>
        ) : (
          <>
            <button class="link" onClick={show(call.sentAt)}>
              {visibleText(call.target)}
            </button>
            , {duration(message.t - call.sentAt)} earlier
          </>
        )}
      </dd>
    </>
  );
}
