/** The lanes of one hub connection in the report's timeline: its state, its transports, its messages. */
import type { VNode } from "preact";
import type { HubConnectionModel } from "../core/model/types.ts";
import { endShort, transportName } from "../wording/transport-name.ts";
import { Bar, GUTTER, WIDTH, type Scale } from "./picture-parts.tsx";

/** Width of one bar of the message histogram, including the gap after it. */
const BIN = 3;

interface StateBandProps {
  readonly span: HubConnectionModel["states"][number];
  readonly x: Scale;
  readonly y: number;
  readonly height: number;
  readonly to: number;
}

export function StateBand({ span, x, y, height, to }: StateBandProps) {
  const { state } = span;
  const left = x(span.from);
  const width = Math.max(2, x(span.until ?? to) - left);
  return (
    <>
      <Bar span={span} x={x} y={y} height={height} to={to} look={`state ${state}`} title={state} />
      {(state === "reconnecting" || state === "disconnected") && (
        <rect x={left} y={y} width={width} height={height} fill={`url(#p-${state})`} pointer-events="none" />
      )}
      <rect x={left} y={y} width={width} height={2} class={`edge-${state}`} />
      {width > 90 && (
        <text x={left + 5} y={y + 12} class={`on-${state}`}>
          {state}
        </text>
      )}
    </>
  );
}

interface TransportBarProps {
  readonly hub: HubConnectionModel;
  readonly index: number;
  readonly x: Scale;
  readonly y: number;
  readonly to: number;
}

/** An unused transport is an outline. One that never opened is all red. A red end means that it didn't close cleanly. */
export function TransportBar({ hub: { transports }, index, x, y, to }: TransportBarProps) {
  const transport = transports[index];
  if (transport === undefined) return null;
  const { closed, ghost, openedAt } = transport;
  const title = `${transportName(transports, index)}${closed === null ? "" : `, closed ${endShort(transport)}`}`;
  const bar = { span: transport, x, to };
  if (ghost) return <Bar {...bar} y={y + 6} height={4} look="ghost" title={`${title}, unused`} />;
  if (openedAt === null && closed !== null)
    return <Bar {...bar} y={y + 2} height={7} look="tried" title={`${title}, did not open`} />;
  const unclean = closed !== null && closed.code !== 1000 && !(closed.code === null && closed.wasClean);
  return (
    <>
      <Bar {...bar} y={y + 2} height={7} look="socket" title={title} />
      {unclean && <rect x={x(transport.until ?? to) - 2} y={y + 1} width="2" height="9" class="unclean" />}
    </>
  );
}

interface MessageBarsProps {
  readonly hub: HubConnectionModel;
  readonly x: Scale;
  readonly y: number;
}

/** A histogram of the messages: bars for messages to the app point up, bars for messages to the server point down. */
export function MessageBars({ hub, x, y }: MessageBarsProps) {
  const sums = messagesInBins(hub, x);
  const middle = y + 20;
  const highest = Math.max(1, ...sums.in, ...sums.out);
  const height = (n: number, room: number): number =>
    n === 0 ? 0 : Math.max(2, (n / highest) ** 0.65 * room);
  const bars: VNode[] = [];
  for (let bin = 0; bin < sums.in.length; bin++) {
    const left = GUTTER + bin * BIN;
    const up = height(sums.in[bin] ?? 0, 17);
    const down = height(sums.out[bin] ?? 0, 11);
    if (up > 0) bars.push(<rect x={left} y={middle - up} width={BIN - 1} height={up} class="in" />);
    if (down > 0) bars.push(<rect x={left} y={middle + 1} width={BIN - 1} height={down} class="out" />);
  }
  return (
    <>
      <path d={`M${GUTTER} ${middle + 0.5}H${WIDTH}`} class="grid" />
      {bars}
    </>
  );
}

function messagesInBins(hub: HubConnectionModel, x: Scale): { in: Float64Array; out: Float64Array } {
  const bins = Math.ceil((WIDTH - GUTTER) / BIN) + 1;
  const sums = { in: new Float64Array(bins), out: new Float64Array(bins) };
  const add = (direction: "in" | "out", t: number, n: number): void => {
    const bin = Math.floor((x(t) - GUTTER) / BIN);
    sums[direction][bin] = (sums[direction][bin] ?? 0) + n;
  };
  for (let i = 0; i < hub.messages.length; i++) {
    const { direction, counted, swallowed } = hub.messages.headAt(i);
    if (!counted && !swallowed) add(direction, hub.messages.timeAt(i), 1);
  }
  for (const second of hub.counts)
    for (const part of second.counts) add(part.direction, (second.t + second.until) / 2, part.count);
  return sums;
}
