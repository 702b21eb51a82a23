/** https://fetch.spec.whatwg.org/#abort-fetch, https://html.spec.whatwg.org/#unhandled-promise-rejections */
import { pause, rejectionOf, type Checks } from "../check.ts";

const PATHS = ["/answers/slow", "/answers/slow/negotiate", "/answers/slow/negotiate?negotiateVersion=1"];

export const fetchAbort: Checks = {
  "aborted before": async ({ origin }) => {
    const results: unknown[] = [];
    for (const path of PATHS)
      results.push(
        await rejectionOf(() => fetch(origin + path, { method: "POST", signal: AbortSignal.abort() })),
      );
    return results;
  },
  "aborted while waiting, with a reason": async ({ origin }) => {
    const results: unknown[] = [];
    for (const path of PATHS) {
      const controller = new AbortController();
      const reason = new RangeError("mine");
      setTimeout(() => {
        controller.abort(reason);
      }, 20);
      try {
        await fetch(origin + path, { method: "POST", signal: controller.signal });
      } catch (error) {
        results.push(error === reason);
      }
    }
    return results;
  },
  "timed out": async ({ origin }) => {
    const results: unknown[] = [];
    for (const path of PATHS)
      results.push(
        await rejectionOf(() => fetch(origin + path, { method: "POST", signal: AbortSignal.timeout(20) })),
      );
    return results;
  },
  "aborted while the body comes": async ({ origin }) => {
    const results: unknown[] = [];
    for (const query of ["", "?negotiateVersion=1"]) {
      const controller = new AbortController();
      const response = await fetch(`${origin}/answers/stream/negotiate${query}`, {
        method: "POST",
        signal: controller.signal,
      });
      controller.abort();
      results.push(await rejectionOf(() => response.text()));
    }
    return results;
  },
  "an unhandled rejection is reported once, with the page's promise": async () => {
    const results: unknown[] = [];
    for (const query of ["", "?negotiateVersion=1"]) {
      let reports = 0;
      let same: unknown;
      const listener = (event: PromiseRejectionEvent): void => {
        event.preventDefault();
        reports++;
        same = event.promise === promise;
      };
      window.addEventListener("unhandledrejection", listener);
      const promise = fetch(`http://127.0.0.1:9/negotiate${query}`, { method: "POST" });
      await pause(150);
      window.removeEventListener("unhandledrejection", listener);
      results.push([reports, same]);
    }
    return results;
  },
};
