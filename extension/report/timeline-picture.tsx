/** The timeline as a picture: SVG without script, for the report. */
import type { VNode } from "preact";
import type { FaultSpan, HubConnectionModel, PageModel, RecordingModel } from "../core/model/types.ts";
import { clock, duration, type Zone } from "../core/text/format.ts";
import { Bar, distinct, placeLabels, GUTTER, LABEL_LINE, WIDTH, type Scale } from "./picture-parts.tsx";
import { MessageBars, StateBand, TransportBar } from "./picture-lanes.tsx";
import type { ReportContext } from "./report-context.ts";
import { MOST } from "./limits.ts";
import { wide } from "./wide.ts";

const AXIS = 22;
const PAGE_LANE = 22;
const STATE_LANE = 20;
const SOCKET_LANE = 12;
const MESSAGE_LANE = 34;
const GROUP = STATE_LANE + SOCKET_LANE + MESSAGE_LANE + 14;

interface Props {
  readonly model: RecordingModel;
  readonly context: ReportContext;
  /** Those that get lanes. */
  readonly hubs: readonly HubConnectionModel[];
}

export function TimelinePicture({ model, hubs, context: { times, names } }: Props) {
  const from = model.from;
  const to = Math.max(model.to, from + 1_000);
  const x: Scale = (t) =>
    GUTTER + ((Math.min(Math.max(t, from), to) - from) / (to - from)) * (WIDTH - GUTTER - 4);
  // A worker is never visible.
  const pages = model.pages
    .filter((page) => page.visibility.length > 0 && !page.started?.worker)
    .slice(0, MOST.lanes);
  const hubsFrom = AXIS + pages.length * PAGE_LANE;
  const bottom = hubsFrom + hubs.length * GROUP;
  const labels = placeLabels(model.pages.flatMap((page) => page.faults).slice(0, MOST.rows), x);
  const height = bottom + LABEL_LINE * Math.max(0, ...labels.map(({ line }) => line + 1)) + 4;
  return (
    <div {...wide("Timeline")}>
      <svg
        class="timeline"
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label="Timeline of the recording"
      >
        <Patterns />
        <Axis x={x} from={from} to={to} bottom={bottom} zone={times.zone} />
        {pages.map((page, i) => (
          <PageLane
            key={i}
            page={page}
            name={capital(names.page(page))}
            x={x}
            y={AXIS + i * PAGE_LANE}
            to={to}
          />
        ))}
        {hubs.map((hub, i) => (
          <HubLanes key={i} hub={hub} name={names.hub(hub)} x={x} y={hubsFrom + i * GROUP} to={to} />
        ))}
        {labels.length > 0 && <Label text="faults" y={bottom + 10} />}
        {labels.map((label, i) => (
          <FaultMark key={i} {...label} x={x} to={to} bottom={bottom} />
        ))}
      </svg>
    </div>
  );
}

const Patterns = () => (
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
    <pattern id="p-injected" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path d="M0 0V6" class="ink-injected" stroke-width="1.5" />
    </pattern>
  </defs>
);

interface FaultMarkProps {
  readonly fault: FaultSpan;
  readonly title: string;
  readonly line: number;
  readonly at: number;
  readonly x: Scale;
  readonly to: number;
  readonly bottom: number;
}

function FaultMark({ fault, title, line, at, x, to, bottom }: FaultMarkProps) {
  const left = x(fault.from);
  const box = { x: left, y: AXIS, width: Math.max(3, x(fault.until ?? to) - left), height: bottom - AXIS };
  const words = bottom + LABEL_LINE * (line + 1) - 3;
  return (
    <g>
      <title>{`${title}, injected by Hubscope, ${duration((fault.until ?? to) - fault.from)}`}</title>
      <rect {...box} class="injected" />
      <rect {...box} fill="url(#p-injected)" />
      <path d={`M${left} ${AXIS}V${line < 0 ? bottom : words}`} class="injected-edge" />
      {line >= 0 && (
        <text x={at} y={words} class="on-injected">
          {title}
        </text>
      )}
    </g>
  );
}

/** Possible distances of two marks of the time axis, in seconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400];
const MAX_MARKS = 9;

interface AxisProps {
  readonly x: Scale;
  readonly from: number;
  readonly to: number;
  readonly bottom: number;
  readonly zone: Zone;
}

function Axis({ x, from, to, bottom, zone }: AxisProps) {
  const day = 86_400_000;
  const seconds = STEPS.find((s) => (to - from) / (s * 1_000) <= MAX_MARKS);
  const step = seconds === undefined ? day * Math.ceil((to - from) / (day * MAX_MARKS)) : seconds * 1_000;
  // The marks are at round times of day in the time zone of the report.
  const ahead = zone(from);
  const marks: VNode[] = [];
  for (let t = Math.ceil((from + ahead) / step) * step - ahead; t < to; t += step) {
    const at = x(t);
    marks.push(
      <>
        <path d={`M${at} 0V${bottom}`} class="grid" />
        {at < WIDTH - 60 && (
          <text x={at + 4} y="12">
            {clock(t, 0, zone)}
          </text>
        )}
      </>,
    );
  }
  return <>{marks}</>;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Shortens a name. Paths differ at their end, so their beginning is cut; a name with its frame in brackets is cut at its end. */
const cut = (text: string): string =>
  text.length <= 21 ? text : text.includes(" (") ? `${text.slice(0, 20)}…` : `…${text.slice(-20)}`;

const Label = ({ text, y, strong = false }: { text: string; y: number; strong?: boolean }) => (
  <text x="0" y={y} class={strong ? "name" : "lane"}>
    {cut(text)}
  </text>
);

interface LaneProps {
  readonly name: string;
  readonly x: Scale;
  readonly y: number;
  readonly to: number;
}

function PageLane({ page, name, x, y, to }: LaneProps & { readonly page: PageModel }) {
  return (
    <>
      <Label text={name} y={y + 14} />
      {distinct(page.visibility, x, to).map((span, i) => (
        <Bar
          key={i}
          span={span}
          x={x}
          y={y + 3}
          height={13}
          to={to}
          look={`page-${span.state}`}
          title={`${span.state}${span.fault === null ? "" : " (emulated)"}`}
        />
      ))}
      {distinct(page.offline, x, to).map((span, i) => (
        <Bar
          key={i}
          span={span}
          x={x}
          y={y + 10}
          height={6}
          to={to}
          look="offline"
          title={`offline${span.fault === null ? "" : " (emulated)"}`}
        />
      ))}
    </>
  );
}

function HubLanes({ hub, name, x, y, to }: LaneProps & { readonly hub: HubConnectionModel }) {
  const sockets = y + 6 + STATE_LANE;
  const messages = sockets + SOCKET_LANE;
  return (
    <>
      <Label text={name} y={y + 20} strong />
      <Label text="transports" y={sockets + 9} />
      <Label text="messages in / out" y={messages + 18} />
      <path d={`M0 ${y + 1}H${WIDTH}`} class="rule" />
      {distinct(hub.states, x, to).map((span, i) => (
        <StateBand key={i} span={span} x={x} y={y + 6} height={STATE_LANE - 4} to={to} />
      ))}
      {distinct(hub.transports, x, to).map((transport, i) => (
        <TransportBar key={i} hub={hub} index={hub.transports.indexOf(transport)} x={x} y={sockets} to={to} />
      ))}
      <MessageBars hub={hub} x={x} y={messages} />
    </>
  );
}
