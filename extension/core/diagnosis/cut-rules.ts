/** A connection that was cut without a Close message: by a timeout of a proxy, or while the page or computer stood still. */
import type { Milliseconds } from "../units.ts";
import type { Rule } from "./rule.ts";

/** Pings are sent every 15 s: a longer silence on both sides means that they are not sent or don't get through. */
const LONG_IDLE: Milliseconds = 20_000;

/** Nobody configures a timeout below 5 s (minus some tolerance); shorter times come from the app itself. */
const MIN: Milliseconds = 4_500;

/** Timeouts are round numbers. */
const isRound = (time: Milliseconds): boolean => Math.abs(time - Math.round(time / 5_000) * 5_000) <= 500;

/** Without any message, the idle time and the age of a connection are the same. */
const SAME_SINCE_BIRTH: Milliseconds = 2_000;

export const idleCut: Rule = ({ cuts, pingEvery, keepAlive }) => {
  if (!cuts || cuts.quiet === null || cuts.quiet < MIN) return null;
  const { quiet, age, sameQuiet, bothSame, livedThroughLonger, oneEvent, together } = cuts;
  if (livedThroughLonger || oneEvent.quiet) return null;
  const times = sameQuiet.length + 1;
  if (together > 0 && times < 3) return null;
  const long = quiet >= LONG_IDLE;
  // With rare pings a long silence before a single cut may be a coincidence.
  if (times === 1) return long && quiet > Math.max(keepAlive, pingEvery ?? 0) ? idle("medium") : null;
  if (bothSame) {
    if (age - quiet > SAME_SINCE_BIRTH) return null;
    return long || times >= 3 ? idle("medium") : null;
  }
  return idle(together === 0 && (long || times >= 3) ? "high" : "medium");
};

const idle = (confidence: "high" | "medium"): ReturnType<Rule> => ({
  cause: "idle-timeout",
  confidence,
  knowledge: "wire",
});

export const lifetimeLimit: Rule = ({ cuts }) => {
  if (!cuts || cuts.age < MIN || cuts.sameAge.length === 0 || cuts.grewOlder || cuts.oneEvent.age)
    return null;
  const times = cuts.sameAge.length + 1;
  // On connections without messages it may also be an idle timeout.
  const wasIdle = cuts.quiet !== null && cuts.age - cuts.quiet <= SAME_SINCE_BIRTH;
  if (wasIdle && times < 3) return null;
  const sure = !wasIdle && (times >= 3 || isRound(cuts.age));
  return { cause: "lifetime-limit", confidence: sure ? "high" : "medium", knowledge: "wire" };
};

export const stoodStill: Rule = ({ standstill }) =>
  standstill && { cause: "asleep", confidence: standstill.confidence, knowledge: "wire" };
