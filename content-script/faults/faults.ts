/** Starts and ends the faults of this page. They also end when the panel stops renewing its lease. */
import type { FaultEnd } from "../../extension/core/events/events.ts";
import type { FaultId } from "../../extension/core/ids.ts";
import { FAULTS } from "../../extension/core/faults/outlines.ts";
import type { FaultCommand } from "../../extension/core/faults/vocabulary.ts";
import type { FaultAnswer } from "../../extension/messages/hook-relay.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import type { TransportConnection } from "../hook/transport/transport-connection.ts";
import type { CreateFaults } from "../hook/transport/fault-hooks.ts";
import { createTargetMatcher, type TargetMatcher } from "./target-matcher.ts";
import { Refused, type FaultRun, type RunningFault } from "./fault.ts";
import { createRules, type Running } from "./rules.ts";
import { RUNS } from "./runs.ts";
import { createTraffic } from "./traffic.ts";
import { clearNativeTimeout, guarded, nativeTimeout, now, ownMethods } from "../hook/shared-with-tools.ts";
import { wrapTimers } from "./timers.ts";

export const createFaults: CreateFaults = (faultHooks) => {
  const running = ownMethods(new Map<FaultId, Running>());
  const traffic = createTraffic(running);
  let last: FaultId = 0;
  let lease: number | undefined;
  // Timers that the page started before this can't be held.
  wrapTimers();

  const finish = (fault: FaultId, reason: FaultEnd): boolean => {
    const own = running.get(fault);
    if (!own) return false;
    running.delete(fault);
    if (own.timer !== undefined) clearNativeTimeout(own.timer);
    // An error while one fault is undone must not stop the others from being undone.
    guarded(() => own.run.end?.());
    guarded(traffic.changed);
    faultHooks.recorder.record({ kind: "fault-ended", fault, reason });
    return true;
  };
  const targetsOf = (target: TargetMatcher): TransportConnection[] =>
    faultHooks.connections
      .live()
      .filter((connection) => !connection.over && !connection.replaced && target.matches(connection));
  const rival = ({ name, target }: FaultCommand): boolean =>
    [...running.values()].some(
      ({ command: other }) =>
        other.name === name && (target.scope === "page" || other.target.scope === "page"),
    );
  const whyNot = (command: FaultCommand, targets: readonly TransportConnection[]): string | undefined => {
    if (rival(command)) return `${command.name} is already running on this page.`;
    if (targets.length > 0 || !FAULTS[command.name].needsConnection) return undefined;
    switch (command.target.scope) {
      case "page":
        return "No SignalR connection is open on this page.";
      case "connection":
        return "That connection is closed.";
      case "hub":
        return "No connection to that hub is open on this page.";
      case "share":
        return "The seed selected none of the open connections, or none is open.";
    }
  };
  /** @returns why it failed; then nothing is left running */
  const run = (
    fault: FaultId,
    command: FaultCommand,
    targets: readonly TransportConnection[],
  ): RunningFault | null | Error => {
    try {
      return (RUNS[command.name] as FaultRun<FaultCommand["name"]>)(command, {
        faultHooks,
        fault,
        targets,
        finish(reason = "completed") {
          finish(fault, reason);
        },
      });
    } catch (error) {
      return error instanceof Refused ? error : new Error(`The fault failed: ${String(error)}`);
    }
  };
  const inject = (command: FaultCommand): FaultAnswer => {
    const target = createTargetMatcher(command.target, faultHooks.connections);
    const targets = targetsOf(target);
    const error = whyNot(command, targets);
    if (error !== undefined) return { ok: false, error };
    const fault = ++last;
    const lasts = timeOf(command);
    const until = lasts === undefined ? {} : { until: now() + lasts };
    faultHooks.recorder.record({ kind: "fault", fault, command, ...until });
    const begun = run(fault, command, targets);
    if (begun instanceof Error) {
      faultHooks.recorder.record({ kind: "fault-ended", fault, reason: "failed", detail: begun.message });
      return { ok: false, error: begun.message };
    }
    if (!begun) {
      faultHooks.recorder.record({ kind: "fault-ended", fault, reason: "completed" });
      return { ok: true, fault };
    }
    const own: Running = { command, target, run: begun, timer: undefined };
    running.set(fault, own);
    if (lasts !== undefined)
      own.timer = nativeTimeout(() => {
        finish(fault, "completed");
      }, lasts);
    guarded(traffic.changed);
    for (const connection of targets) traffic.begin(connection);
    guarded(() => begun.begin?.());
    return { ok: true, fault };
  };
  const rules = createRules(faultHooks, running, traffic);

  return {
    ...rules,
    inject,
    end(fault, reason) {
      const ids = fault === "all" ? [...running.keys()] : [fault];
      const ended = ids.filter((id) => finish(id, reason));
      const [first] = ended;
      return first === undefined && fault !== "all"
        ? { ok: false, error: "That fault has already ended." }
        : { ok: true, fault: first ?? 0 };
    },
    renew(duration) {
      if (lease !== undefined) clearNativeTimeout(lease);
      lease = nativeTimeout(() => {
        for (const fault of [...running.keys()]) finish(fault, "panel-closed");
      }, duration);
    },
    ended(connection) {
      rules.ended(connection);
      for (const [fault, { run }] of running)
        if (run.only?.includes(connection) && run.only.every(({ over }) => over)) finish(fault, "completed");
    },
  };
};

/** undefined: it ends immediately, or lasts until it is undone. */
const timeOf = (command: FaultCommand): Milliseconds | undefined =>
  "duration" in command ? command.duration : "window" in command ? command.window : undefined;
