/** Describes a run of the connection doctor under the pointer. Pure. */
import { endOfRun } from "../../extension/core/model/doctor-run-end.ts";
import type { PageModel } from "../../extension/core/model/types.ts";
import { pathOf } from "../../extension/core/protocol/addresses.ts";
import { clock, duration } from "../../extension/core/text/format.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { runKey } from "../state/doctor/run-key.ts";
import type { Scale } from "../state/time-scale.ts";
import { near, REACH } from "./near.ts";
import type { Reading } from "./reading.ts";

export function readDoctor(
  pages: readonly PageModel[],
  t: number,
  scale: Scale,
  now: number,
): Reading | null {
  const runs = pages.flatMap((page) =>
    page.doctorRuns.map((run) => ({ run, from: run.from, until: endOfRun(run, page) })),
  );
  const at = near(runs, t, scale.t(REACH) - scale.from, now);
  if (!at) return null;
  const until = at.until ?? now;
  return {
    title: `Connection doctor${at.until === null ? ", running" : ` ${duration(until - at.from)}`}`,
    text: `${visibleText(pathOf(at.run.began.url))} · ${clock(at.from)}`,
    from: at.from,
    until,
    doctorRunKey: runKey(at.run),
  };
}
