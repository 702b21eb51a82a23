/**
 * The panel as a plain page on a recording in memory, for work on the panel itself.
 * `?fixture=big` a very long one, `?fixture=trouble` one that goes badly,
 * `?fixture=doctor` one with two runs of the connection doctor, `?fixture=wire` one with every transport and protocol, `?fixture=many&hubs=20` many connections (with one nothing is lost), `?live` goes on as time passes, `?empty` nothing yet, `?tab=findings&sheet` the scorecard, `?theme=dark`.
 */
import reportStyle from "hubscope:report-style";
import { render } from "preact";
import type { RecordedEvent } from "../extension/core/events/events.ts";
import { bigRecording } from "./fixture/big.ts";
import { BOARD_SECONDS, boardRecording } from "./fixture/board.ts";
import { doctorRun, withDoctorRuns } from "./fixture/doctor.ts";
import { MANY_SECONDS, manyRecording } from "./fixture/many.ts";
import { troubleRecording } from "./fixture/trouble.ts";
import { WIRE_SECONDS, wireRecording } from "./fixture/wire.ts";
import { createMemorySource } from "./state/memory-source.ts";
import { createPanelState } from "./state/panel-state.ts";
import { findingsOf } from "./state/findings/findings-control.ts";
import { followSystemTheme, setTheme } from "./state/theme.ts";
import { App } from "./app/app.tsx";
import "./app/styles.ts";

const wish = new URLSearchParams(location.search);
const theme = wish.get("theme");
if (theme === "dark" || theme === "light") setTheme(theme);
else followSystemTheme();

const live = wish.has("live");
const seconds = { wire: WIRE_SECONDS, many: MANY_SECONDS }[wish.get("fixture") ?? ""] ?? BOARD_SECONDS;
/** A fixed time, so that screenshots can be compared; or now, with `?live`. */
const MORNING = new Date(2026, 10, 24, 10, 42, 7).getTime();
const start = live ? Date.now() - seconds * 1000 : MORNING;
const source = createMemorySource({
  reportStyle,
  now: live ? Date.now : () => MORNING + seconds * 1000,
  doctor: doctorRun,
  paced: live,
});

if (!wish.has("empty")) {
  const events = recordingFor(wish.get("fixture"));
  source.append("page-1", events, { url: "https://board.example/board/eq", hubs: 2, interruptions: 5 });
  const earlier = boardRecording(start - 3_600_000).filter((event) => event.t < start - 3_600_000 + 90_000);
  source.append("page-0", earlier, {
    url: "https://board.example/board/fx",
    hubs: 2,
    interruptions: 2,
    pinned: true,
  });
  if (live) goOn(events);
}

function recordingFor(fixture: string | null): RecordedEvent[] {
  if (fixture === "big") return bigRecording(start, Number(wish.get("messages") ?? 200_000));
  if (fixture === "many") return manyRecording(start, Number(wish.get("hubs") ?? 20));
  if (fixture === "doctor") return withDoctorRuns(boardRecording(start), start);
  if (fixture === "trouble") return troubleRecording(start);
  if (fixture === "wire") return wireRecording(start);
  return boardRecording(start);
}

/** Adds a quote from time to time, on the open socket. */
function goOn(events: readonly RecordedEvent[]): void {
  const socket = events.findLast((event) => event.kind === "socket")?.socket ?? 1;
  setInterval(() => void quote(), 300);
  async function quote(): Promise<void> {
    // Faults and the doctor add events, too.
    const page = (await source.pages()).find((one) => one.page === "page-1");
    const payload = JSON.stringify({ type: 1, target: "UserTyping", arguments: ["mira"] });
    source.append("page-1", [
      {
        kind: "message",
        seq: (page?.storedUpTo ?? 0) + 1,
        t: Date.now(),
        socket,
        direction: "in",
        type: 1,
        target: "UserTyping",
        size: payload.length + 1,
        payload,
      },
    ]);
  }
}

const host = document.getElementById("panel");
if (host) {
  const state = createPanelState(source);
  const tab = wish.get("tab");
  if (tab) state.tab.value = tab as typeof state.tab.value;
  if (wish.has("sheet")) findingsOf(state).sheet.value = true;
  render(<App state={state} />, host);
}
