/** The timeline as a picture: SVG without script, for the report. */
import { FAULTS } from "../core/faults/outlines.ts";
import type {
  FaultSpan,
  HubConnectionModel,
  PageModel,
  RecordingModel,
  Span,
  TransportModel,
} from "../core/model/types.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { clock, duration, type Zone } from "../core/text/format.ts";
import { html, type Markup } from "./markup.ts";
import { endShort, transportName } from "../wording/transport-name.ts";

const WIDTH = 1_120;
const GUTTER = 150;
const AXIS = 22;
const PAGE_LANE = 22;
const STATE_LANE = 20;
const SOCKET_LANE = 12;
const MESSAGE_LANE = 34;
const GROUP = STATE_LANE + SOCKET_LANE + MESSAGE_LANE + 14;
const BIN = 3;
const LABEL_LINE = 13;
const MAX_LABEL_LINES = 4;
/** Of a letter of the labels, generously: the picture can't measure. */
const LETTER = 5.6;

type Scale = (t: EpochMilliseconds) => number;

/** @param nameOf what a hub connection, or a page, is called */
export function timelinePicture(
  model: RecordingModel,
  zone: Zone,
  nameOf: (one: HubConnectionModel | PageModel) => string,
): Markup {
  const from = model.from;
  const to = Math.max(model.to, from + 1_000);
  const x: Scale = (t) =>
    GUTTER + ((Math.min(Math.max(t, from), to) - from) / (to - from)) * (WIDTH - GUTTER - 4);
  const pages = model.pages.filter((page) => page.visibility.length > 0);
  let y = AXIS;
  const lanes: Markup[] = [];
  for (const page of pages) {
    lanes.push(pageLane(page, nameOf(page), x, y, to));
    y += PAGE_LANE;
  }
  for (const hub of model.hubs) {
    lanes.push(hubLanes(hub, nameOf(hub), x, y, to));
    y += GROUP;
  }
  const bottom = y;
  const labels = placeLabels(
    model.pages.flatMap((page) => page.faults),
    x,
  );
  y += LABEL_LINE * Math.max(0, ...labels.map(({ line }) => line + 1));
  return html`<div class="wide">
    <svg class="timeline" viewBox="0 0 ${WIDTH} ${y + 4}" role="img" aria-label="Timeline of the recording">
      <defs>
        <pattern
          id="p-reconnecting"
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0V7" class="ink-reconnecting" stroke-width="3" />
        </pattern>
        <pattern id="p-disconnected" width="6" height="6" patternUnits="userSpaceOnUse">
          <path d="m0 0 6 6M6 0 0 6" class="ink-disconnected" stroke-width=".9" />
        </pattern>
        <pattern
          id="p-injected"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0V6" class="ink-injected" stroke-width="1.5" />
        </pattern>
      </defs>
      ${axis(x, from, to, bottom, zone)} ${lanes} ${labels.length > 0 && label("faults", bottom + 10)}
      ${labels.map(({ fault, title, line, at }) => {
        const left = x(fault.from);
        const width = Math.max(3, x(fault.until ?? to) - left);
        const height = bottom - AXIS;
        const words = bottom + LABEL_LINE * (line + 1) - 3;
        return html`<g
          ><title>${title}, injected by Hubscope, ${duration((fault.until ?? to) - fault.from)}</title>
          <rect x="${left}" y="${AXIS}" width="${width}" height="${height}" class="injected" />
          <rect x="${left}" y="${AXIS}" width="${width}" height="${height}" fill="url(#p-injected)" />
          <path d="M${left} ${AXIS}V${line < 0 ? bottom : words}" class="injected-edge" />${
            line >= 0 && html`<text x="${at}" y="${words}" class="on-injected">${title}</text>`
          }</g
        >`;
      })}
    </svg>
  </div>`;
}

export interface FaultLabel {
  readonly fault: FaultSpan;
  readonly title: string;
  readonly at: number;
  /** Counted from the top; -1: there was no room for words. */
  readonly line: number;
}

/** Words of faults that follow closely go below each other. */
export function placeLabels(faults: readonly FaultSpan[], x: Scale): FaultLabel[] {
  const ends: number[] = [];
  return [...faults]
    .sort((a, b) => a.from - b.from)
    .map((fault): FaultLabel => {
      const { title } = FAULTS[fault.command.name];
      const width = title.length * LETTER;
      const at = Math.min(x(fault.from) + 4, WIDTH - width);
      let line = ends.findIndex((end) => end <= at);
      if (line < 0) line = ends.length < MAX_LABEL_LINES ? ends.length : -1;
      if (line >= 0) ends[line] = at + width + 6;
      return { fault, title, at, line };
    });
}

function axis(x: Scale, from: number, to: number, bottom: number, zone: Zone): Markup[] {
  const step =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400].find(
      (s) => (to - from) / (s * 1_000) <= 9,
    ) ?? 86_400 * Math.ceil((to - from) / (86_400_000 * 9));
  const marks: Markup[] = [];
  // Round times of the day, where the recording was made.
  const ahead = zone(from);
  for (let t = Math.ceil((from + ahead) / (step * 1_000)) * step * 1_000 - ahead; t < to; t += step * 1_000) {
    const at = x(t);
    marks.push(html`<path d="M${at} 0V${bottom}" class="grid" />`);
    if (at < WIDTH - 60) marks.push(html`<text x="${at + 4}" y="12">${clock(t, 0, zone)}</text>`);
  }
  return marks;
}

/** Paths differ at their end; a name with its frame begins with what it names. */
const cut = (text: string): string =>
  text.length <= 24 ? text : text.includes(" (") ? `${text.slice(0, 23)}…` : `…${text.slice(-23)}`;

const label = (text: string, y: number, strong = false): Markup =>
  html`<text x="0" y="${y}" class="${strong ? "name" : "lane"}">${cut(text)}</text>`;

function pageLane(page: PageModel, name: string, x: Scale, y: number, to: number): Markup {
  return html`${label(name, y + 14)}
  ${page.visibility.map((span) => bar(span, x, y + 3, 13, to, `page-${span.state}`, `${span.state}${span.fault === null ? "" : " (emulated)"}`))}
  ${page.offline.map((span) => bar(span, x, y + 10, 6, to, "offline", `offline${span.fault === null ? "" : " (emulated)"}`))}`;
}

function hubLanes(hub: HubConnectionModel, name: string, x: Scale, y: number, to: number): Markup {
  const sockets = y + 6 + STATE_LANE;
  const messages = sockets + SOCKET_LANE;
  return html`${label(name, y + 20, true)} ${label("transports", sockets + 9)}
    ${label("messages in / out", messages + 18)}
    <path d="M0 ${y + 1}H${WIDTH}" class="rule" />
    ${hub.states.map((span) => stateBand(span, x, y + 6, to))}
    ${hub.transports.map((_, i) => transportBar(hub, i, x, sockets, to))} ${messageBars(hub, x, messages)}`;
}

/** A ghost is an outline, a try that never opened is red as a whole, and a red end wasn't clean. */
function transportBar(
  { transports }: HubConnectionModel,
  index: number,
  x: Scale,
  y: number,
  to: number,
): Markup {
  const transport = transports[index] as TransportModel;
  const { closed, ghost, openedAt } = transport;
  const tried = openedAt === null && closed !== null;
  const title = `${transportName(transports, index)}${closed === null ? "" : `, closed ${endShort(transport)}`}`;
  if (ghost) return bar(transport, x, y + 6, 4, to, "ghost", `${title}, unused`);
  if (tried) return bar(transport, x, y + 2, 7, to, "tried", `${title}, did not open`);
  const unclean = closed !== null && closed.code !== 1000 && !(closed.code === null && closed.wasClean);
  return html`${bar(transport, x, y + 2, 7, to, "socket", title)}
  ${unclean && html`<rect x="${x(transport.until ?? to) - 2}" y="${y + 1}" width="2" height="9" class="unclean" />`}`;
}

function bar(
  span: Span,
  x: Scale,
  y: number,
  height: number,
  to: number,
  cls: string,
  title: string,
): Markup {
  const left = x(span.from);
  const until = span.until ?? to;
  return html`<rect
    x="${left}"
    y="${y}"
    width="${Math.max(1, x(until) - left)}"
    height="${height}"
    class="${cls}"
    ><title>${title}, ${duration(until - span.from)}</title></rect
  >`;
}

function stateBand(span: HubConnectionModel["states"][number], x: Scale, y: number, to: number): Markup {
  const left = x(span.from);
  const width = Math.max(2, x(span.until ?? to) - left);
  const pattern =
    span.state === "reconnecting" || span.state === "disconnected" ? `url(#p-${span.state})` : null;
  return html`${bar(span, x, y, STATE_LANE - 4, to, `state ${span.state}`, span.state)}
    ${pattern ? html`<rect x="${left}" y="${y}" width="${width}" height="${STATE_LANE - 4}" fill="${pattern}" pointer-events="none" />` : null}
    <rect x="${left}" y="${y}" width="${width}" height="2" class="edge-${span.state}" />
    ${width > 90 ? html`<text x="${left + 5}" y="${y + 12}" class="on-${span.state}">${span.state}</text>` : null}`;
}

function messageBars(hub: HubConnectionModel, x: Scale, y: number): Markup {
  const bins = Math.ceil((WIDTH - GUTTER) / BIN) + 1;
  const sums = { in: new Float64Array(bins), out: new Float64Array(bins) };
  const add = (direction: "in" | "out", t: number, n: number): void => {
    const bin = Math.floor((x(t) - GUTTER) / BIN);
    sums[direction][bin] = (sums[direction][bin] ?? 0) + n;
  };
  for (const { message } of hub.messages)
    if (!message.counted && !message.swallowed) add(message.direction, message.t, 1);
  for (const second of hub.counts)
    for (const part of second.counts) add(part.direction, (second.t + second.until) / 2, part.count);
  const middle = y + 20;
  const highest = Math.max(1, ...sums.in, ...sums.out);
  const height = (n: number, room: number): number =>
    n === 0 ? 0 : Math.max(2, (n / highest) ** 0.65 * room);
  const bars: Markup[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const left = GUTTER + bin * BIN;
    const up = height(sums.in[bin] ?? 0, 17);
    const down = height(sums.out[bin] ?? 0, 11);
    if (up > 0)
      bars.push(html`<rect x="${left}" y="${middle - up}" width="${BIN - 1}" height="${up}" class="in" />`);
    if (down > 0)
      bars.push(html`<rect x="${left}" y="${middle + 1}" width="${BIN - 1}" height="${down}" class="out" />`);
  }
  return html`<path d="M${GUTTER} ${middle + 0.5}H${WIDTH}" class="grid" />${bars}`;
}
