/**
 * Entry point of Hubscope for tests, without the extension: injected into a page before its scripts, it records, injects faults
 * and runs scenarios there. Unlike the extension it adds a global variable, and it trusts the page: both belong to the same
 * team.
 */
import { newPageId } from "../../extension/messages/page-id.ts";
import { createDoctor } from "../doctor/doctor.ts";
import { createFaults } from "../faults/faults.ts";
import { startHook } from "../hook/hook.ts";
import { startSentinel } from "../sentinel/sentinel.ts";
import { forTests } from "./for-tests.ts";
import { handOverAtEnd } from "./hand-over.ts";
import { collectEvents } from "./page-events.ts";
import { pagePorts } from "./ports.ts";

/** Defined by the build. */
declare const hubscopeVersion: string;

const NAME = "__hubscope";

function start(): void {
  // It may be injected twice, for example into every page and into this one.
  if (NAME in window) return;
  const recorded = collectEvents(newPageId());
  const handedOver = handOverAtEnd(recorded.page, () => forTest.recordingText());
  const keep = (events: Parameters<typeof recorded.add>[0]): void => {
    if (events.some(({ kind }) => kind === "negotiate" || kind === "socket")) handedOver.connected();
    const lost = recorded.add(events);
    if (lost > 0) faultHooks.recorder.dropped(lost);
  };
  const { probe, takeOver } = startSentinel();
  const { interpreter, faultHooks, doctorHooks } = startHook(
    {
      idle: true,
      send: keep,
      sendNow: keep,
      reply: () => undefined,
      onMessage: () => undefined,
    },
    probe,
  );
  takeOver(() => interpreter);
  const faults = createFaults(faultHooks);
  const doctor = createDoctor(doctorHooks);
  doctorHooks.doctor = doctor;
  faultHooks.faults = faults;
  const ports = pagePorts(faultHooks, faults, recorded);
  const forTest = forTests(hubscopeVersion, recorded, ports, doctor);
  Object.defineProperty(window, NAME, { value: Object.freeze(forTest.api) });
}

start();
