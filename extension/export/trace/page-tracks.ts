/** What a page went through: the tracks above those of its hubs. */
import { FAULTS } from "../../core/faults/outlines.ts";
import type { PageModel } from "../../core/model/types.ts";
import type { EpochMilliseconds } from "../../core/units.ts";
import { RECORDING_END_TITLE } from "../../wording/recording-end.ts";
import { targetInWords } from "../../wording/target-words.ts";
import { instantText, type Slice, type Track } from "./trace-event.ts";
import type { Tracks } from "./tracks.ts";

export function* pageTracks(page: PageModel, tracks: Tracks, now: EpochMilliseconds): Generator<string> {
  yield* tracks.named("Page", (track) => moves(page, track));
  yield* tracks.slices("Page: visibility", "page", visibility(page, now), `${page.id} visibility`);
  yield* tracks.slices("Page: offline", "page", offline(page, now), `${page.id} offline`);
  yield* tracks.slices("Page: long tasks", "page", longTasks(page), `${page.id} long task`);
  yield* tracks.slices("Page: faults", "page", faults(page, now), `${page.id} fault`);
}

function* moves(page: PageModel, track: Track): Generator<string> {
  const { started, moves: all, clockJumps, networkTypes, unrecordedBecause } = page;
  if (started)
    yield instantText(
      track,
      "page",
      started.midway ? "Recording started after page load" : "Page loaded",
      started.t,
      { url: started.url, navigation: started.navigation, wasDiscarded: started.wasDiscarded },
    );
  for (const { t, phase, persisted } of all)
    yield instantText(
      track,
      "page",
      phase === "recording-ended"
        ? unrecordedBecause === null
          ? "Recording ended"
          : `Recording ended: ${RECORDING_END_TITLE[unrecordedBecause].toLowerCase()}`
        : phase === "pagehide"
          ? "Page unloaded"
          : "Page restored",
      t,
      { intoBackForwardCache: persisted || null },
    );
  for (const { t, by } of clockJumps) yield instantText(track, "page", "Clock jumped", t, { byMs: by });
  for (const { t, from, to } of networkTypes)
    yield instantText(track, "page", `Network changed to ${to}`, t, { from });
}

const visibility = (page: PageModel, now: EpochMilliseconds): Slice[] =>
  page.visibility.map(({ state, from, until, fault }) => ({
    name: { visible: "Visible", hidden: "Hidden", frozen: "Frozen" }[state],
    from,
    until: until ?? now,
    args: { injected: fault === null ? null : true },
  }));

const offline = (page: PageModel, now: EpochMilliseconds): Slice[] =>
  page.offline.map(({ from, until, fault }) => ({
    name: "Offline",
    from,
    until: until ?? now,
    args: { injected: fault === null ? null : true },
  }));

const longTasks = (page: PageModel): Slice[] =>
  page.longTasks.map(({ from, duration }) => ({ name: "Long task", from, until: from + duration }));

const faults = (page: PageModel, now: EpochMilliseconds): Slice[] =>
  page.faults.map(({ command, from, until, end }) => ({
    name: `Fault: ${FAULTS[command.name].title}`,
    from,
    until: until ?? now,
    args: { target: targetInWords(command.target), end },
  }));
