import { counted } from "../../text/format.ts";
import { cantTell, expectation } from "../judgement.ts";
import { mostConnected } from "../presence.ts";

export const noDuplicateConnection = expectation({
  title: "No duplicate connection",
  say: "No hub gets more connections than before: a second connection duplicates every message.",
  parameters: {},
  judge(run) {
    const hubs = mostConnected(run);
    if (hubs.length === 0) return cantTell("No connection was open at the start.");
    const doubled = hubs.filter(({ before, max }) => max > before);
    const measured = {
      value: doubled.reduce((sum, { before, max }) => sum + max - before, 0),
      unit: "count",
    } as const;
    return {
      verdict: doubled.length === 0 ? "pass" : "fail",
      measured,
      say:
        doubled.length === 0
          ? "No duplicate connections."
          : doubled
              .map(({ url, before, max }) => `${counted(max, "connection")} to ${url}, instead of ${before}.`)
              .join(" "),
      evidence: doubled.map(({ at, url }) => ({ t: at, text: `One more connection to ${url}` })),
    };
  },
});
