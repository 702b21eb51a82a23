/** Libraries that wrap the same functions as the hook see and do the same with and without it. Each runs in a page of its own. */
import type { Checks, Place } from "../check.ts";

export const LIBRARIES = ["sentry", "datadog", "new-relic", "open-telemetry", "zone"] as const;

async function watched(name: string, place: Place): Promise<unknown> {
  const frame = document.createElement("iframe");
  frame.src = `${place.elsewhere}/library-${name}`;
  const loaded = new Promise((resolve) => {
    frame.addEventListener("load", resolve, { once: true });
  });
  document.body.append(frame);
  await loaded;
  const seen = await new Promise((resolve) => {
    window.addEventListener("message", function hear({ source, data }) {
      if (source !== frame.contentWindow) return;
      window.removeEventListener("message", hear);
      resolve(data);
    });
    frame.contentWindow?.postMessage(place, "*");
  });
  frame.remove();
  // Cookies are shared between ports, so a library's cookies must be removed from this page, too.
  for (const cookie of document.cookie.split("; "))
    document.cookie = `${cookie.split("=")[0] ?? ""}=; max-age=0; path=/`;
  return seen;
}

export const libraries: Checks = Object.fromEntries(
  LIBRARIES.map((name) => [name, (place: Place) => watched(name, place)]),
);
