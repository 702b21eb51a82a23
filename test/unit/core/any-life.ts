import fc from "fast-check";
import type { TransportName } from "../../../extension/core/protocol/terms.ts";
import { START, script } from "./event-script.ts";

/**
 * Realistic actions of a client, step by step and in any order: it connects over any transport, sends, is cut, resumes its
 * connection or gets a new one, is refused, stops; with or without the probe.
 */
export const anyLife = fc
  .tuple(
    fc.boolean(),
    fc.boolean(),
    fc.constantFrom<TransportName[]>("WebSockets", "ServerSentEvents", "LongPolling"),
    fc.array(
      fc.constantFrom(
        "speak",
        "cut",
        "resume",
        "refuse",
        "upgrade refused",
        "retry",
        "ack",
        "silence",
        "freeze",
        "late rows",
        "late again",
      ),
      { maxLength: 25 },
    ),
  )
  .map(([probe, stateful, way, steps]) => {
    const events = script().at(0).page({ probe });
    let socket = 0;
    let request = 0;
    let now = 0;
    const connect = (): void => {
      events.at(++now).negotiate(++request, `id-${request}`, stateful);
      events.at(++now).socket(++socket, request, way);
      if (probe) events.state(socket === 1 ? "Connecting" : "Reconnecting", "Connected", `id-${request}`);
    };
    if (probe) events.hub().state("Disconnected", "Connecting");
    connect();
    for (const step of steps) {
      events.at((now += 40));
      if (step === "speak")
        events
          .message({ socket, direction: "out", type: 1, invocationId: String(now) })
          .message({ socket, direction: "in", type: 3, invocationId: String(now) });
      else if (step === "ack") events.message({ socket, direction: "in", type: 8, sequenceId: 2 });
      else if (step === "cut") {
        events.closed(socket, way === "WebSockets" ? 1006 : null);
        if (probe && !stateful)
          events.add({ kind: "hub-lost", hub: 1, error: "lost" }).state("Connected", "Reconnecting");
      } else if (step === "resume")
        events
          .connecting(++socket, request, way)
          .add({ kind: "socket-opened", socket })
          .message({ socket, direction: "out", type: 9, sequenceId: 1 })
          .message({ socket, direction: "in", type: 9, sequenceId: 1 });
      else if (step === "refuse") events.negotiateFails(++request, 503);
      else if (step === "upgrade refused")
        events
          .negotiate(++request, `id-${request}`, stateful)
          .connecting(++socket, request, way)
          .closed(socket)
          .add({ kind: "upgrade", socket, status: 404 });
      else if (step === "retry") connect();
      else if (step === "silence") now += 31_000;
      else if (step === "late rows" || step === "late again")
        // The flight recorder writes its ring: messages from before the latest events, some at the same time, some counted as
        // well.
        for (const back of [30, 20, 20, 0])
          events.message({
            socket,
            direction: back === 20 ? "in" : "out",
            type: back === 30 ? 0 : 1,
            t: START + now - back,
            counted: step === "late rows",
          });
      else
        events
          .add({ kind: "lifecycle", phase: "freeze", persisted: false })
          .at((now += 2_000))
          .add({ kind: "lifecycle", phase: "resume", persisted: false });
    }
    return events.events;
  });
