/** Whoever closed the WebSocket gave a code. */
import type { Facts } from "../../diagnosis/facts.ts";
import { CLOSE_CODES, WITHOUT_REASON } from "../../faults/check-parameter.ts";
import type { CauseRecipe } from "../recipes.ts";
import type { Break } from "../reproduction.ts";
import { AT_ONCE } from "./on-the-way.ts";

/** Of a close frame. */
const LONGEST_REASON = 123;

/** The code as it was recorded, or that one. */
export function closeCode({ socket }: Facts, usual: number): Break {
  const seen = socket?.closed?.code ?? null;
  const can =
    seen !== null && seen !== 1006 && CLOSE_CODES.some(({ min, max }) => seen >= min && seen <= max);
  const code = can ? seen : usual;
  const reason = socket?.closed?.reason ?? "";
  const given = reason !== "" && can && !WITHOUT_REASON.includes(code) ? cutToBytes(reason) : "";
  return {
    faults: [{ name: "close-code", code, ...(given === "" ? {} : { reason: given }) }],
    lostWithin: AT_ONCE,
    ...(can || seen === null
      ? {}
      : { differs: [`The close code was ${seen}; here it is ${usual}, which says why.`] }),
  };
}

function cutToBytes(text: string): string {
  const encoder = new TextEncoder();
  let cut = "";
  let left = LONGEST_REASON;
  for (const character of text) {
    left -= encoder.encode(character).length;
    if (left < 0) break;
    cut += character;
  }
  return cut;
}

export const BY_CLOSE_CODE = {
  "closed-by-server-socket": {
    faults: ["close-code"],
    causes: ["closed-by-server-socket"],
    differs: [],
    make: (facts) => closeCode(facts, 1001),
  },
  "closed-by-browser": {
    faults: ["close-code"],
    // Only Firefox does it itself.
    causes: ["closed-by-browser", "closed-by-server-socket"],
    differs: ["The browser closed the connection itself; here Hubscope closes it, with the same code."],
    make: (facts) => closeCode(facts, 1000),
  },
  "server-send-error": {
    faults: ["close-code"],
    causes: ["server-send-error"],
    differs: [],
    make: (facts) => closeCode(facts, 1011),
  },
  "frame-too-large": {
    faults: ["close-code"],
    causes: ["frame-too-large"],
    differs: [
      "No frame is too large here: the connection is closed without one. Whether the app still sends such messages isn't tested.",
    ],
    make: (facts) => closeCode(facts, 1009),
  },
} as const satisfies Record<string, CauseRecipe>;
