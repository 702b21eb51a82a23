import { soFar } from "../../../extension/wording/so-far.ts";
import { mistakesOf, mistakeTag, mistakeWords } from "../../../extension/wording/mistake-words.ts";
import type { HubMessage } from "../../../extension/core/events/events.ts";
import { PING } from "../../../extension/core/protocol/terms.ts";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { hubName } from "../../../extension/core/model/hub-name.ts";
import { downFor } from "../../../extension/core/model/downtime.ts";
import type { CallModel, HubConnectionModel } from "../../../extension/core/model/types.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import type { LogRow } from "../../state/event-log.ts";
import type { FoundInterruption } from "../../state/selection.ts";
import { about, bytes, clock, duration, whole } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/icon.tsx";
import { CAUSE_WORD, typeName } from "../../../extension/wording/labels.ts";
import { wordsFor } from "../../../extension/wording/event-words.ts";
import { SLOW_ANSWER } from "../../state/messages/slow-answer.ts";
import { previewOf } from "./preview.ts";

interface RowProps {
  readonly row: LogRow;
  /** The message with its payload, as far as it was read. */
  readonly payload: HubMessage | null;
  readonly index: number;
  readonly y: number;
  readonly hub: HubConnectionModel | null;
  readonly call: CallModel | null;
  /** Sent again by a resume. */
  readonly replay: boolean;
  readonly selected: boolean;
  readonly paired: boolean;
  readonly onSelect: () => void;
}

export function MessageRow(props: RowProps) {
  const { row, index, y, hub, selected, paired, onSelect } = props;
  const { event } = row;
  const message = event.kind === "message" ? event : null;
  const direction = "direction" in event ? event.direction : null;
  const words = message ? null : wordsFor(event, hub);
  const state = [
    "mrow",
    index % 2 ? "odd" : "",
    selected ? "on" : paired ? "pair" : "",
    message?.type === PING ? "ping" : "",
    message?.swallowed ? "swallowed" : "",
    words ? `event ${words.tone ?? ""}` : "",
  ];
  return (
    <div
      class={state.join(" ")}
      style={{ transform: `translateY(${y}px)` }}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-testid="message-row"
      data-kind={event.kind}
      data-type={message ? typeName(message.type) : undefined}
      data-direction={direction}
      onClick={onSelect}
    >
      <span />
      <span role="gridcell">{clock(event.t, 3)}</span>
      <span role="gridcell" class={direction ? `dir-${direction}` : ""} aria-label={direction ?? undefined}>
        {direction && <Icon name={direction} small />}
      </span>
      <span role="gridcell" class="type">
        {words?.kind ?? typeName(message?.type ?? 0)}
      </span>
      <span role="gridcell" class="tgt">
        {message ? <Target {...props} /> : <EventText row={row} hub={hub} />}
      </span>
      <span role="gridcell" class="right">
        {message ? bytes(message.size) : ""}
      </span>
      <span role="gridcell" class="right lat">
        {message && <Latency {...props} />}
      </span>
      <span role="gridcell" class="conn">
        {hub ? hubName(hub) : ""}
      </span>
    </div>
  );
}

function EventText({ row, hub }: Pick<RowProps, "row" | "hub">) {
  const { title, text } = wordsFor(row.event, hub);
  return (
    <>
      {visibleText(title)}
      {title && text && " "}
      <span class="args">{visibleText(text)}</span>
    </>
  );
}

function Target({ row, payload, call, replay, hub }: RowProps) {
  const event = payload ?? row.event;
  if (event.kind !== "message") return null;
  const target = visibleText(event.target ?? call?.target ?? "");
  const text = visibleText(event.error ?? event.problem ?? previewOf(event));
  return (
    <>
      {target || (!text && <span class="alt">{typeName(event.type)}</span>)}
      {event.swallowed && <span class="code-tag injected">swallowed</span>}
      {replay && <span class="code-tag">sent again</span>}
      {event.counted && <span class="code-tag">also counted</span>}
      {hub !== null &&
        mistakesOf(hub, event).map((mistake) => (
          <span key={mistake.mistake} class="code-tag warn" title={mistakeWords(mistake)}>
            {mistakeTag(mistake)}
          </span>
        ))}
      {target && text && " "}
      <span class={event.error !== undefined || event.problem !== undefined ? "args bad" : "args"}>
        {text}
      </span>
    </>
  );
}

/** On the first message of a call: its latency, or its result. */
function Latency({ row, call }: RowProps) {
  const { event } = row;
  if (!call || event.kind !== "message" || (event.type !== 1 && event.type !== 4)) return null;
  switch (call.fate) {
    case "lost":
      return <span class="lost">lost</span>;
    case "failed":
      return <span class="lost">failed</span>;
    case "pending":
      return <span class="dim">pending</span>;
    case "cancelled":
      return <span class="dim">cancelled</span>;
    case "unknown":
      return <span class="dim">not recorded</span>;
    case "completed": {
      const took = (call.endedAt ?? call.sentAt) - call.sentAt;
      return (
        <span class={took > SLOW_ANSWER && !call.stream ? "slow" : ""}>
          {took < 10_000 ? `${whole(took)} ms` : duration(took)}
        </span>
      );
    }
  }
}

interface GapProps {
  readonly gap: FoundInterruption;
  readonly index: number;
  readonly y: number;
  readonly now: number;
  readonly onShow: () => void;
}

export function GapRowView({ gap: { interruption, hub }, index, y, now, onShow }: GapProps) {
  const { missedEstimate } = interruption;
  return (
    <div
      class="mrow gap"
      style={{ transform: `translateY(${y}px)` }}
      role="row"
      aria-rowindex={index + 2}
      data-testid="gap-row"
    >
      <Icon name="warn" />
      <b role="gridcell">
        {duration(downFor(interruption, now))} without a connection{soFar(interruption)} on {hubName(hub)}
      </b>
      <span role="gridcell" class="soft ellip">
        {CAUSE_WORD[verdictOf(interruption).cause].toLowerCase()}
        {missedEstimate !== null && `; about ${whole(about(missedEstimate))} missed`}
      </span>
      <span role="gridcell" class="show">
        <button class="link" onClick={onShow}>
          Show interruption
        </button>
      </span>
    </div>
  );
}
