/** Patterns that distinguish states without colour, as tiles in the screen's resolution. */
import type { Palette } from "./palette.ts";

export type PatternName = "reconnecting" | "disconnected" | "connecting" | "resumed" | "frozen" | "injected";
export type Patterns = Readonly<Record<PatternName, CanvasPattern | string>>;

interface Tile {
  readonly size: number;
  readonly turn?: number;
  readonly opacity: number;
  readonly colour: string;
  draw(pen: OffscreenCanvasRenderingContext2D, size: number): void;
}

function tiles(colours: Palette): Record<PatternName, Tile> {
  const upright =
    (width: number, at = 0) =>
    (pen: OffscreenCanvasRenderingContext2D, size: number): void => {
      pen.fillRect(at, 0, width, size);
    };
  return {
    reconnecting: {
      size: 7,
      turn: 45,
      opacity: 0.28,
      colour: colours["reconnecting-edge"],
      draw: upright(1.5),
    },
    injected: { size: 6, turn: 45, opacity: 0.32, colour: colours["injected-edge"], draw: upright(0.75) },
    resumed: { size: 4, opacity: 0.35, colour: colours["resumed-edge"], draw: upright(1.25, 0.4) },
    connecting: {
      size: 5,
      opacity: 0.45,
      colour: colours["connecting-edge"],
      draw(pen) {
        pen.arc(2.5, 2.5, 0.9, 0, Math.PI * 2);
        pen.fill();
      },
    },
    disconnected: {
      size: 6,
      opacity: 0.5,
      colour: colours["disconnected-edge"],
      draw(pen, size) {
        pen.lineWidth = 0.9;
        pen.moveTo(0, 0);
        pen.lineTo(size, size);
        pen.moveTo(size, 0);
        pen.lineTo(0, size);
        pen.stroke();
      },
    },
    frozen: {
      size: 8,
      opacity: 0.55,
      colour: colours["frozen-edge"],
      draw(pen) {
        pen.fillRect(0, 4, 3, 1);
      },
    },
  };
}

export function makePatterns(pen: CanvasRenderingContext2D, colours: Palette, density: number): Patterns {
  const made: Partial<Record<PatternName, CanvasPattern | string>> = {};
  for (const [name, tile] of Object.entries(tiles(colours)) as [PatternName, Tile][]) {
    // Tiles are drawn larger than they are shown, as rotated patterns would look jagged otherwise.
    const zoom = density * 2;
    const side = Math.round(tile.size * zoom);
    const canvas = new OffscreenCanvas(side, side);
    const inner = canvas.getContext("2d");
    const fallback = "rgb(0 0 0 / 0)";
    if (!inner) {
      made[name] = fallback;
      continue;
    }
    inner.scale(side / tile.size, side / tile.size);
    inner.globalAlpha = tile.opacity;
    inner.fillStyle = inner.strokeStyle = tile.colour;
    tile.draw(inner, tile.size);
    const pattern = pen.createPattern(canvas, "repeat");
    pattern?.setTransform(new DOMMatrix().rotate(tile.turn ?? 0).scale(tile.size / side));
    made[name] = pattern ?? fallback;
  }
  return made as Patterns;
}
