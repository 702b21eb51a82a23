import { useRef } from "preact/hooks";

/** The edge between timeline and pane: dragged, or moved with arrows. */
export function Splitter({ onMove }: { onMove: (by: number) => void }) {
  const last = useRef<number | null>(null);
  return (
    <div
      class="splitter"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the timeline"
      aria-valuenow={50}
      tabIndex={0}
      onPointerDown={(event) => {
        last.current = event.clientY;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (last.current === null) return;
        onMove(event.clientY - last.current);
        last.current = event.clientY;
      }}
      onPointerUp={() => {
        last.current = null;
      }}
      onKeyDown={(event) => {
        const by = { ArrowUp: -16, ArrowDown: 16 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        onMove(by);
      }}
    />
  );
}
