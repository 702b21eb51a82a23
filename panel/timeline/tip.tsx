import type { Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { LoadedRecording } from "../state/loaded-recording.ts";
import { usePanel } from "../state/panel-state.ts";
import { readingAt, type Place } from "./pointing.ts";

interface Props {
  readonly at: Signal<{ readonly x: number; readonly y: number } | null>;
  readonly gutter: number;
  readonly width: number;
  readonly height: number;
  readonly recording: LoadedRecording;
  readonly placeAt: (x: number, y: number) => Place;
}

/** The tooltip: describes what is under the pointer. It stays within the timeline and beside the pointer. */
export function Tip({ at, gutter, width, height, recording, placeAt }: Props) {
  const panel = usePanel();
  const box = useRef<HTMLDivElement>(null);
  const place = at.value;
  const reading = place ? readingAt(recording, panel, placeAt(place.x, place.y)) : null;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !place) return;
    const { offsetWidth: w, offsetHeight: h } = element;
    const x = gutter + place.x;
    const left = x + 12 + w > width - 4 ? Math.max(4, x - w - 12) : x + 12;
    const top = place.y + 16 + h > height - 2 ? place.y - h - 10 : place.y + 16;
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(Math.max(2, top))}px)`;
  });
  if (!place || !reading) return null;
  return (
    <div class="tip" ref={box} role="tooltip">
      <b>{reading.title}</b>
      <span>{reading.text}</span>
    </div>
  );
}
