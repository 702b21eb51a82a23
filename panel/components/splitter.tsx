import { useRef } from "preact/hooks";

interface Props {
  /** Current height of the timeline in pixels. */
  readonly height: number;
  /** Called with the new height; null for the panel's default height. */
  readonly onHeight: (height: number | null) => void;
}

/** The edge between timeline and pane. It is moved by dragging or with arrow keys; a double-click restores the default height. */
export function Splitter({ height, onHeight }: Props) {
  const drag = useRef<{ readonly y: number; readonly height: number } | null>(null);
  return (
    <div class="splitter-place">
      <div
        class="splitter"
        role="separator"
        aria-orientation="horizontal"
        aria-label="Height of the timeline"
        aria-valuemin={0}
        aria-valuemax={Math.round(globalThis.innerHeight)}
        aria-valuenow={Math.round(height)}
        aria-valuetext={`${Math.round(height)} pixels`}
        data-testid="splitter"
        tabIndex={0}
        onPointerDown={(event) => {
          drag.current = { y: event.clientY, height };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (drag.current) onHeight(drag.current.height + event.clientY - drag.current.y);
        }}
        onPointerUp={() => {
          drag.current = null;
        }}
        onDblClick={() => {
          onHeight(null);
        }}
        onKeyDown={(event) => {
          const to = { ArrowUp: height - 16, ArrowDown: height + 16, Home: 0, End: Infinity }[event.key];
          if (to === undefined) return;
          event.preventDefault();
          onHeight(to);
        }}
      />
    </div>
  );
}
