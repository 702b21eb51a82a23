/** Records the page's own lifecycle. Only trusted events count: faults record the events that they simulate themselves. */
import type { PageStarted, Unstamped } from "../../../extension/core/events/events.ts";
import { redactUrl } from "../../../extension/core/redaction/redact.ts";
import type { PageNow } from "../../sentinel/interpreter.ts";
import { eventType, guarded, now, timeOrigin, watchPage } from "../../sentinel/shared-with-hook.ts";
import type { Recorder } from "../record/recorder.ts";

/** Limits the address: that of a `data:` page contains the whole page. */
const LONGEST_URL = 2_000;

/** The first event of a recording. */
export function describePage(
  probe: boolean,
  midway: boolean,
  { visible, online }: PageNow,
): Unstamped<PageStarted> {
  return {
    kind: "page",
    url: redactUrl(location.href).slice(0, LONGEST_URL),
    userAgent: navigator.userAgent,
    openedAt: timeOrigin,
    top: window === window.top,
    visible,
    online,
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
 * @param leaving runs when the page is left, also when it goes into the back-forward cache
 * @param isOurs whether an address is that of a request of SignalR
 */
export function recordPageEvent(
  recorder: Recorder,
  event: Event,
  now: PageNow,
  leaving: () => void,
  isOurs: (url: string) => boolean,
): void {
  const type = eventType(event);
  switch (type) {
    case "visibilitychange":
      recorder.record({ kind: "visibility", visible: now.visible });
      return;
    case "online":
    case "offline":
      recorder.record({ kind: "online", online: type === "online" });
      return;
    case "securitypolicyviolation": {
      const {
        blockedURI: url,
        effectiveDirective: directive,
        disposition,
      } = event as SecurityPolicyViolationEvent;
      if (disposition === "enforce" && isOurs(url))
        recorder.record({ kind: "policy-violation", url, directive });
      return;
    }
    case "freeze":
    case "resume":
      recorder.record({ kind: "lifecycle", phase: type, persisted: false });
      break;
    case "pagehide":
    case "pageshow": {
      const { persisted } = event as PageTransitionEvent;
      // Every page is shown once; only a return from the back-forward cache is of interest.
      if (type === "pageshow" && !persisted) return;
      recorder.record({ kind: "lifecycle", phase: type, persisted });
      break;
    }
  }
  if (type === "freeze" || type === "pagehide") leaving();
}

/** `document.open()`, and so a late `document.write()`, removes all listeners of window and document with the nodes: ours, too. */
export function watchRewriting(): void {
  watchPage();
  new MutationObserver(() => {
    guarded(watchPage);
  }).observe(document, { childList: true });
}

/** Only Chromium reports long tasks (https://developer.mozilla.org/docs/Web/API/PerformanceLongTaskTiming). */
export function watchLongTasks(recorder: Recorder): void {
  if (!PerformanceObserver.supportedEntryTypes.includes("longtask")) return;
  const seenFrom = now();
  new PerformanceObserver((list) => {
    guarded(() => {
      for (const entry of list.getEntries()) {
        const t = timeOrigin + entry.startTime;
        if (t >= seenFrom) recorder.record({ kind: "long-task", t, duration: entry.duration });
      }
    });
  }).observe({ type: "longtask", buffered: true });
}
