/** A canvas at the screen's resolution, with the theme's colours. */
import { mediumWeight } from "../state/theme.ts";
import { forgetWidths, type Paint } from "./paint.ts";
import { readPalette } from "./palette.ts";
import { makePatterns } from "./patterns.ts";

interface Prepared {
  readonly pen: CanvasRenderingContext2D;
  readonly paint: Paint;
}

const prepared = new WeakMap<HTMLCanvasElement, Prepared & { readonly key: string }>();

/** Sizes the canvas and clears it. Null where there is no canvas to draw on (tests without a browser). */
export function prepare(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  narrow: boolean,
): Prepared | null {
  const density = Math.max(1, globalThis.devicePixelRatio);
  const w = Math.round(width * density);
  const h = Math.round(height * density);
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  if (!pen || typeof OffscreenCanvas === "undefined") return null;
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, width, height);
  const theme = document.documentElement.dataset["theme"] ?? "";
  const key = `${theme}|${density}|${narrow}`;
  const known = prepared.get(canvas);
  if (known?.key === key) return known;
  forgetWidths();
  const colours = readPalette(document.documentElement);
  const fontFamily = getComputedStyle(document.body).fontFamily;
  const paint: Paint = {
    colours,
    patterns: makePatterns(pen, colours, density),
    fontFamily,
    medium: mediumWeight(),
    narrow,
  };
  const result = { pen, paint, key };
  prepared.set(canvas, result);
  return result;
}
