/** Helpers of draw functions: colours, patterns, and text that is omitted if it doesn't fit. */
import type { Palette } from "./palette.ts";
import type { PatternName, Patterns } from "./patterns.ts";

/** The part of the canvas API that draw functions use; small enough for a fake that logs the calls. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "globalAlpha"
  | "font"
  | "textAlign"
  | "textBaseline"
  | "lineJoin"
  | "fillRect"
  | "strokeRect"
  | "fillText"
  | "measureText"
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "closePath"
  | "fill"
  | "stroke"
  | "setLineDash"
  | "save"
  | "restore"
  | "translate"
  | "rect"
  | "clip"
  | "roundRect"
>;

export interface Paint {
  readonly colours: Palette;
  readonly patterns: Patterns;
  readonly fontFamily: string;
  /** Font weight for emphasis: 500 if the font has it. */
  readonly medium: number;
  /** The panel is narrow: short labels only. */
  readonly narrow: boolean;
}

type Weight = 400 | 500;

const widths = new Map<string, number>();

export function textWidth(pen: Pen, paint: Paint, text: string, weight: Weight = 400): number {
  const key = `${weight}${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 4000) widths.clear();
    setFont(pen, paint, weight);
    width = pen.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

/** Call when the page's font is known: text widths that were measured before are wrong. */
export const forgetWidths = (): void => {
  widths.clear();
};

/** How the browser writes a font that was set: setting it takes far longer than comparing. */
const written = new Map<string, string>();

function setFont(pen: Pen, paint: Paint, weight: Weight): void {
  const font = `${weight === 500 ? paint.medium : weight} 10px ${paint.fontFamily}`;
  if (pen.font === written.get(font)) return;
  pen.font = font;
  written.set(font, pen.font);
}

/** The longest of the texts that fits, or "". Texts are never cut. */
export function fit(
  pen: Pen,
  paint: Paint,
  room: number,
  texts: readonly string[],
  weight: Weight = 500,
): string {
  return texts.find((text) => textWidth(pen, paint, text, weight) <= room) ?? "";
}

export function drawText(
  pen: Pen,
  paint: Paint,
  x: number,
  y: number,
  text: string,
  colour: string,
  weight: Weight = 400,
  align: CanvasTextAlign = "left",
): void {
  if (text === "") return;
  setFont(pen, paint, weight);
  pen.textAlign = align;
  pen.textBaseline = "alphabetic";
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/** Fills with a pattern that moves together with its shape. */
export function fillPattern(
  pen: Pen,
  paint: Paint,
  name: PatternName,
  x: number,
  y: number,
  w: number,
  h: number,
): void {
  pen.save();
  pen.translate(Math.round(x), y);
  pen.fillStyle = paint.patterns[name];
  pen.fillRect(0, 0, w, h);
  pen.restore();
}

/** A thin line, aligned to pixels. */
export function vertical(pen: Pen, x: number, y0: number, y1: number, colour: string, width = 1): void {
  pen.fillStyle = colour;
  pen.fillRect(Math.round(x), y0, width, y1 - y0);
}

export function dashed(pen: Pen, dash: readonly number[], colour: string, path: () => void, width = 1): void {
  pen.save();
  pen.setLineDash([...dash]);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  path();
  pen.stroke();
  pen.restore();
}
