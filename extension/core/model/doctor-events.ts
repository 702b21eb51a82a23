import type { DoctorRunModel } from "./types.ts";
import type { DoctorEvent } from "../events/doctor-events.ts";
import type { PageState, Writable } from "./state.ts";

export function onDoctor(page: PageState, event: DoctorEvent): void {
  if (event.kind === "doctor") {
    const run: Writable<DoctorRunModel> = {
      run: event.run,
      page: page.model.id,
      began: event,
      tries: null,
      facts: [],
      from: event.t,
      until: null,
      end: null,
      detail: null,
    };
    page.doctorRuns.set(event.run, run);
    page.model.doctorRuns.push(run);
    return;
  }
  const run = page.doctorRuns.get(event.run);
  if (!run || run.until !== null) return;
  switch (event.kind) {
    case "doctor-tries":
      run.tries = event;
      return;
    case "doctor-ended":
      run.until = event.t;
      run.end = event.reason;
      run.detail = event.detail ?? null;
      return;
    case "doctor-negotiate":
    case "doctor-connect":
    case "doctor-sticky":
    case "doctor-resume":
    case "doctor-size":
    case "doctor-stay":
      run.facts.push(event);
      return;
  }
}
