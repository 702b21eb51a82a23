/** Records what a Blazor page's messages say about its circuit. */
import { isCircuitMethod, type CircuitMethod } from "../../../extension/core/protocol/blazor.ts";
import type { SocketId } from "../../../extension/core/ids.ts";
import type { Envelope } from "../../../extension/core/protocol/json-scan.ts";
import { findValue, isTrueAt, textAt } from "../../../extension/core/protocol/messagepack/find-value.ts";
import { COMPLETION, INVOCATION, type Direction } from "../../../extension/core/protocol/terms.ts";
import { tokenHash } from "../../../extension/core/redaction/token-hash.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import { ownMethods } from "../../sentinel/shared-with-hook.ts";
import type { Recorder } from "./recorder.ts";

/** Takes each message of the connection, before it is recorded itself. */
export type CircuitWatch = (
  direction: Direction,
  envelope: Envelope,
  bytes: Uint8Array,
  start: number,
  end: number,
) => void;

/** The first argument of an invocation, and the result of a completion. */
const ARGUMENT = [4, 0];
const RESULT = [4];
const LONGEST = 10_000;

export function createCircuitWatch(socket: SocketId, recorder: Recorder): CircuitWatch {
  const calls = ownMethods(new Map<string, CircuitMethod>());
  /** A circuit's id is enough to take it over. */
  const hide = (id: string | undefined): string | undefined => {
    recorder.tokens.remember(id);
    return id && tokenHash(id);
  };
  return (direction, { type, target, invocationId, error }, bytes, start, end) => {
    if (direction === "out") {
      if (type !== INVOCATION || invocationId === undefined || !isCircuitMethod(target)) return;
      calls.set(invocationId, target);
      const hasId = target === "ConnectCircuit" || target === "ResumeCircuit";
      const circuit = hasId
        ? hide(textAt(bytes, findValue(bytes, start, end, ARGUMENT), end, LONGEST))
        : undefined;
      recorder.record({
        kind: "circuit",
        socket,
        method: target,
        step: "called",
        ...omitUndefined({ circuit }),
      });
      recorder.lookAtBlazor();
    } else if (type === COMPLETION) {
      const method = calls.get(invocationId ?? "");
      if (method === undefined) return;
      calls.delete(invocationId ?? "");
      const at = findValue(bytes, start, end, RESULT);
      const circuit = error === undefined ? hide(textAt(bytes, at, end, LONGEST)) : undefined;
      recorder.record({
        kind: "circuit",
        socket,
        method,
        step:
          error !== undefined
            ? "failed"
            : circuit !== undefined || isTrueAt(bytes, at)
              ? "accepted"
              : "refused",
        ...omitUndefined({ circuit, error }),
      });
    } else if (target === "JS.Error")
      recorder.record({
        kind: "circuit-error",
        socket,
        error: kindOf(textAt(bytes, findValue(bytes, start, end, ARGUMENT), end, LONGEST) ?? ""),
      });
  };
}

/**
 * With DetailedErrors the text holds the exception's message and the server's paths: that is payload, and stays in the message
 * itself. Otherwise it is always the same.
 */
const kindOf = (error: string): string =>
  /^[\w.`+]+Exception(?=:|\s|$)/.exec(error)?.[0] ?? (error.startsWith(UNHANDLED) ? UNHANDLED : "");
const UNHANDLED = "There was an unhandled exception on the current circuit";
