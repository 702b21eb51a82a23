/** Close codes that the other side sends, and that say why. (1005 and 1006 are set by the browser.) */
import type { Evidence } from "./verdict.ts";
import type { Milliseconds } from "../units.ts";
import type { Facts } from "./facts.ts";
import { PROXY_LIMIT, type RuleResult, type Rule } from "./rule.ts";

export const closedBy = (title?: string, confidence: RuleResult["confidence"] = "medium"): RuleResult => ({
  cause: "closed-by-server-socket",
  confidence,
  knowledge: "wire",
  ...(title === undefined ? {} : { title }),
});

/**
 * The usual reasons for each code, as libraries write them. For the codes see
 * https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 and
 * https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number
 */
const USUAL_REASON: Readonly<Record<number, RegExp>> = {
  1009: /too (?:big|large|long)|max(?:imum)?\b.*\b(?:size|length|payload)|payload size|frame size/i,
  1011: /internal|server error|unexpected (?:condition|error)/i,
  1012: /restart/i,
  1013: /try again|overload|busy|capacity/i,
};

/** An unusual reason may mean something else than the code: a proxy's timeout, or the app's own decision. */
const isUsual = (code: number, reason: string): boolean =>
  reason === "" || USUAL_REASON[code]?.test(reason) === true;

export const saidWhy: Rule = (facts) => {
  const closed = facts.socket?.closed;
  if (!closed) return null;
  const { code, reason } = closed;
  switch (code) {
    case null:
    case 1000:
    case 1001:
    case 1005:
    case 1006:
      return null;
    case 1009:
      return tooLarge(facts, isUsual(code, reason));
    case 1011:
      return isUsual(code, reason)
        ? { cause: "server-send-error", confidence: "high", knowledge: "wire" }
        : {
            cause: "server-send-error",
            confidence: "medium",
            knowledge: "wire",
            title:
              "The server or a proxy closed the socket with code 1011 (internal error) and a custom reason",
          };
    case 1012:
      return closedBy(
        "The server or a proxy closed the socket: service restart (1012)",
        isUsual(code, reason) ? "high" : "medium",
      );
    case 1013:
      return closedBy(
        "The server or a proxy closed the socket: try again later (1013)",
        isUsual(code, reason) ? "high" : "medium",
      );
    default:
      return closedBy(`The server or a proxy closed the socket with code ${code}`);
  }
};

function tooLarge(facts: Facts, usual: boolean): RuleResult {
  const large = largeBefore(facts);
  const sure = usual && large !== null;
  return {
    cause: "frame-too-large",
    confidence: sure ? "high" : usual || large !== null ? "medium" : "low",
    knowledge: "wire",
    ...(sure
      ? {}
      : {
          title: `The server or a proxy closed the socket with code 1009 (message too big)${usual ? "" : " and a custom reason"}`,
        }),
    ...(large === null ? {} : { decidedBy: [large] }),
  };
}

/** A message that is too large is rejected when it arrives, or while it is still being sent. */
const JUST_BEFORE: Milliseconds = 2_000;

/** The largest message on this socket shortly before, in either direction, if it may exceed a limit. */
function largeBefore({ interruption, socket, t }: Facts): Evidence | null {
  const { messages } = interruption.lane.model;
  let size = PROXY_LIMIT;
  let largest: Evidence | null = null;
  for (let i = messages.firstFrom(t - JUST_BEFORE); i < messages.length && messages.timeAt(i) <= t; i++) {
    const head = messages.headAt(i);
    if (head.socket !== socket?.socket || head.swallowed || messages.sizeAt(i) <= size) continue;
    size = messages.sizeAt(i);
    const way = head.direction === "out" ? "sent" : "received";
    largest = {
      t: messages.timeAt(i),
      knowledge: "wire",
      text: `Message of ${size.toLocaleString("en")} bytes ${way}, shortly before`,
    };
  }
  return largest;
}
