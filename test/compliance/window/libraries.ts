/** Libraries that wrap the same functions as the hook see and do the same with it, each in a page of its own. */
import type { Checks, Place } from "../check.ts";

export const LIBRARIES = ["sentry", "datadog", "new-relic", "open-telemetry", "zone"] as const;

async function watched(name: string, place: Place): Promise<unknown> {
  const frame = document.createElement("iframe");
  frame.src = `/library-${name}`;
  const loaded = new Promise((resolve) => {
    frame.addEventListener("load", resolve, { once: true });
  });
  document.body.append(frame);
  await loaded;
  const seen = await (frame.contentWindow as Window).library(place);
  frame.remove();
  return seen;
}

export const libraries: Checks = Object.fromEntries(
  LIBRARIES.map((name) => [name, (place: Place) => watched(name, place)]),
);
