import { counted } from "../../text/format.ts";
import { cantTell, expectation } from "../judgement.ts";
import { downs, watchedHubs } from "../presence.ts";

export const staysConnected = expectation({
  title: "Stays connected",
  say: "The connection is not lost: pings keep it alive, or the fault doesn't affect it.",
  parameters: {},
  judge(run) {
    if (watchedHubs(run).size === 0) return cantTell("No connection was open at the start.");
    const lost = downs(run, "is down");
    return {
      verdict: lost.length === 0 ? "pass" : "fail",
      measured: { value: lost.length, unit: "count" },
      say:
        lost.length === 0 ? "The connection was never lost." : `It was lost ${counted(lost.length, "time")}.`,
      evidence: lost.map(({ from, url }) => ({ t: from, text: "Connection lost", url })),
    };
  },
});
