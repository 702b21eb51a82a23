import { namedPalette } from "../../../panel/timeline/palette.ts";
import type { Paint, Pen } from "../../../panel/timeline/paint.ts";

export interface Drawn {
  readonly op: string;
  readonly args: readonly unknown[];
  readonly fill: unknown;
  readonly stroke: unknown;
}

/** A fake canvas that logs all drawing calls. Text is 6 px wide per letter. */
export function drawLog(): { pen: Pen; log: Drawn[]; texts(): string[]; filled(colour: string): Drawn[] } {
  const log: Drawn[] = [];
  const state: Record<string, unknown> = {
    fillStyle: "",
    strokeStyle: "",
    globalAlpha: 1,
    font: "",
    lineWidth: 1,
  };
  const pen = new Proxy(state, {
    get(target, name: string) {
      if (name in target) return target[name];
      if (name === "measureText") return (text: string) => ({ width: text.length * 6 });
      return (...args: unknown[]) => {
        log.push({ op: name, args, fill: target["fillStyle"], stroke: target["strokeStyle"] });
      };
    },
    set(target, name: string, value) {
      target[name] = value;
      return true;
    },
  }) as unknown as Pen;
  return {
    pen,
    log,
    texts: () => log.filter((one) => one.op === "fillText").map((one) => String(one.args[0])),
    filled: (colour) => log.filter((one) => one.op === "fillRect" && one.fill === colour),
  };
}

export const paint: Paint = {
  colours: namedPalette(),
  patterns: {
    reconnecting: "~reconnecting",
    disconnected: "~disconnected",
    connecting: "~connecting",
    resumed: "~resumed",
    frozen: "~frozen",
    injected: "~injected",
  },
  fontFamily: "sans",
  medium: 500,
  narrow: false,
};
