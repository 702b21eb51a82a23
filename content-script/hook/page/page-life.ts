/** Records the page's own lifecycle. Only trusted events count: faults record the events that they simulate themselves. */
import type { PageStarted, Unstamped } from "../../../extension/core/events/events.ts";
import { redactUrl } from "../../../extension/core/redaction/redact.ts";
import { guarded } from "../platform/guard.ts";
import { now, on } from "../platform/natives.ts";
import type { Recorder } from "../record/recorder.ts";

const { timeOrigin } = performance;
/** Limits the address: that of a `data:` page contains the whole page. */
const LONGEST_URL = 2_000;

/** The first event of a recording. */
export function describePage(probe: boolean, midway: boolean): Unstamped<PageStarted> {
  return {
    kind: "page",
    url: redactUrl(location.href).slice(0, LONGEST_URL),
    userAgent: navigator.userAgent,
    openedAt: timeOrigin,
    top: window === window.top,
    visible: document.visibilityState === "visible",
    online: navigator.onLine,
    wasDiscarded: (document as { wasDiscarded?: boolean }).wasDiscarded === true,
    navigation: navigationType(),
    probe,
    ...(midway ? { midway } : {}),
  };
}

function navigationType(): PageStarted["navigation"] {
  try {
    const [entry] = performance.getEntriesByType("navigation");
    return (entry as PerformanceNavigationTiming | undefined)?.type ?? "unknown";
  } catch {
    return "unknown"; // a page may have replaced it
  }
}

/**
 * Watches the page from the first SignalR connection on. `leaving` runs when the page is left, also when it goes into the
 * back-forward cache.
 */
export function watchPage(recorder: Recorder, leaving: () => void): void {
  const trusted = (target: EventTarget, type: string, record: (event: Event) => void): void => {
    on(
      target,
      type,
      (event) => {
        if (event.isTrusted)
          guarded(() => {
            record(event);
          });
      },
      true,
    );
  };
  trusted(document, "visibilitychange", () => {
    recorder.record({ kind: "visibility", visible: document.visibilityState === "visible" });
  });
  for (const phase of ["freeze", "resume"] as const) {
    trusted(document, phase, () => {
      recorder.record({ kind: "lifecycle", phase, persisted: false });
      if (phase === "freeze") leaving();
    });
  }
  for (const phase of ["pagehide", "pageshow"] as const) {
    trusted(window, phase, (event) => {
      const { persisted } = event as PageTransitionEvent;
      // Every page is shown once; only a return from the back-forward cache is of interest.
      if (phase === "pageshow" && !persisted) return;
      recorder.record({ kind: "lifecycle", phase, persisted });
      if (phase === "pagehide") leaving();
    });
  }
  trusted(window, "online", () => {
    recorder.record({ kind: "online", online: true });
  });
  trusted(window, "offline", () => {
    recorder.record({ kind: "online", online: false });
  });
  watchLongTasks(recorder);
}

/** Only Chromium reports long tasks (https://developer.mozilla.org/docs/Web/API/PerformanceLongTaskTiming). */
function watchLongTasks(recorder: Recorder): void {
  if (!PerformanceObserver.supportedEntryTypes.includes("longtask")) return;
  const seenFrom = now();
  new PerformanceObserver((list) => {
    guarded(() => {
      for (const entry of list.getEntries()) {
        const t = timeOrigin + entry.startTime;
        if (t >= seenFrom) recorder.record({ kind: "long-task", t, duration: entry.duration });
      }
    });
  }).observe({ type: "longtask" });
}
