import { useEffect, useRef, useState } from "preact/hooks";
import { useSize } from "../../components/use-size.ts";
import { byteAt, bytesPerLine, hexLine, lineOf } from "./hex.ts";
import type { Place } from "./tree-nodes.ts";

const ROW = 16;
/** Padding at the left and right of a line. */
const PADDING = 12;
/** Above the first line. */
const TOP = 6;
/** Lines drawn above and below the visible part. */
const SPARE = 8;
/** Width of a letter in the panel's smallest monospaced font, until it is measured. */
const USUAL_LETTER = 6.02;

interface Props {
  readonly bytes: Uint8Array;
  readonly on?: Place | null;
  /** The byte at which decoding stopped. */
  readonly bad?: number | null;
  readonly onByte?: (byte: number) => void;
}

/** Offset, bytes and their characters. Only visible lines are rendered: a payload may have many thousands. */
export function HexView({ bytes, on = null, bad = null, onByte }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLSpanElement>(null);
  const { width, height } = useSize(box);
  const [top, setTop] = useState(0);
  const letter = (ruler.current?.getBoundingClientRect().width ?? 0) / 10 || USUAL_LETTER;
  const perLine = width === 0 ? 16 : bytesPerLine((width - 2 * PADDING) / letter);
  const lines = Math.ceil(bytes.length / perLine);
  const first = Math.max(0, Math.floor(top / ROW) - SPARE);
  const last = Math.min(lines, Math.ceil((top + Math.max(height, 320)) / ROW) + SPARE);

  const shown = on?.start ?? bad;
  useEffect(() => {
    const element = box.current;
    if (!element || shown === null) return;
    const y = lineOf(Math.min(shown, bytes.length - 1), perLine) * ROW;
    if (y < element.scrollTop || y + 2 * ROW > element.scrollTop + element.clientHeight)
      element.scrollTop = Math.max(0, y - 2 * ROW);
  }, [shown, bytes, perLine]);

  const rows = [];
  for (let i = first; i < last; i++) {
    const { offset, parts, missing } = hexLine(bytes, i, perLine, on, bad);
    rows.push(
      <div class="hex-line" key={i} style={{ transform: `translateY(${i * ROW}px)` }}>
        <span class="off">{offset}</span>
        {"  "}
        {parts.map(({ hex, look }, n) => (
          <>
            {n > 0 && " "}
            <span class={look}>{hex}</span>
          </>
        ))}
        {" ".repeat(missing + 2)}
        {parts.map(({ text, look }) => (
          <span class={`char ${look}`}>{text}</span>
        ))}
      </div>,
    );
  }
  return (
    <div
      class="hex"
      ref={box}
      tabIndex={0}
      role="group"
      aria-label={labelOf(bytes.length, on)}
      data-testid="hex"
      onScroll={(event) => {
        setTop(event.currentTarget.scrollTop);
      }}
      onClick={(event) => {
        if (!onByte) return;
        const area = event.currentTarget.getBoundingClientRect();
        const y = event.clientY - area.top + event.currentTarget.scrollTop;
        const x = event.clientX - area.left + event.currentTarget.scrollLeft - PADDING;
        const byte = byteAt(Math.floor(x / letter), Math.floor((y - TOP) / ROW), perLine, bytes.length);
        if (byte !== null) onByte(byte);
      }}
    >
      <span class="hex-ruler" ref={ruler} aria-hidden="true">
        0000000000
      </span>
      <div class="hex-lines" style={{ height: `${lines * ROW}px` }}>
        {rows}
      </div>
    </div>
  );
}

const labelOf = (length: number, on: Place | null): string =>
  on === null ? `${length} bytes` : `${length} bytes, bytes ${on.start} to ${on.end - 1} are selected`;
