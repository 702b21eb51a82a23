/** Sizes and speed. */
import { bytes, duration } from "../../text/format.ts";
import type { DoctorVerdict } from "../report.ts";
import type { DoctorSeen } from "../seen.ts";

const LIMIT = 32 * 1024;

export function sizes({ sizes: all }: DoctorSeen): DoctorVerdict | null {
  const topic = "size";
  const out = all.find(({ direction }) => direction === "out");
  const back = all.find(({ direction }) => direction === "in");
  if (!out) return null;
  const received =
    back && back.passed > 0
      ? ` From the server ${bytes(back.passed)} arrived${back.failed === null ? "" : `, and ${bytes(back.failed)} didn't`}.`
      : "";
  if (out.failed === null)
    return {
      topic,
      result: "fine",
      title: `Messages of ${bytes(out.passed)} reach the server`,
      say: `Larger ones weren't tried.${received}`,
    };
  const say = `To the server ${bytes(out.passed)} arrived, and ${bytes(out.failed)} didn't${out.status === undefined ? "" : `: HTTP ${out.status}`}.${received}`;
  if (out.status === 413)
    return {
      topic,
      result: "problem",
      where: "between",
      confidence: "medium",
      title: "A proxy limits the size of requests",
      say,
      advice: "Raise the limit of request bodies in the proxy. For nginx:",
      snippet: { language: "nginx", code: "client_max_body_size 10m;" },
    };
  const unanswered = out.error?.startsWith("No answer") === true;
  if (out.passed === 0 && !unanswered)
    return {
      topic,
      result: "note",
      title: `Messages of ${bytes(out.failed)} don't reach the server`,
      say: "Smaller ones weren't tried. The server's MaximumReceiveMessageSize may be so low.",
    };
  if (out.passed === 0)
    return {
      topic,
      result: "cant-tell",
      title: "The size of messages",
      say: `Not even a message of ${bytes(out.failed)} was answered: the server may not answer calls of a method that it doesn't have.`,
    };
  if (unanswered)
    return {
      topic,
      result: "note",
      title: `Messages of ${bytes(out.passed)} reach the server`,
      say: `${say} That one got no answer in time: it may be a slow network, too.`,
    };
  const isDefault = out.passed < LIMIT && out.failed > LIMIT;
  return {
    topic,
    result: "note",
    title: isDefault
      ? `Messages to the server are limited to about ${bytes(Math.round(LIMIT / 1_000) * 1_000)}`
      : `Messages of ${bytes(out.failed)} don't reach the server`,
    say: isDefault ? `${say} 32,768 B is the default of MaximumReceiveMessageSize.` : say,
  };
}

const SLOW = 1_000;

export function speed({ negotiates }: DoctorSeen): DoctorVerdict | null {
  const topic = "speed";
  const timed = negotiates.filter(({ status }) => status === 200);
  const [first, ...later] = timed;
  if (!first) return null;
  const slowest = timed.reduce((longest, one) => Math.max(longest, one.duration), 0);
  const parts = [
    ...(first.dns === undefined ? [] : [`DNS ${duration(first.dns)}`]),
    ...(first.connect === undefined ? [] : [`connect ${duration(first.connect)}`]),
    ...(first.tls === undefined || first.tls === 0 ? [] : [`of it TLS ${duration(first.tls)}`]),
    ...(first.wait === undefined ? [] : [`server ${duration(first.wait)}`]),
  ];
  const say = `The first negotiate took ${duration(first.duration)}${parts.length > 0 ? ` (${parts.join(", ")})` : ""}${later.length > 0 ? `, the next ${later.map((one) => duration(one.duration)).join(" and ")}` : ""}.${first.wait === undefined ? " The browser doesn't tell this page where the time went." : first.connect === undefined ? " The browser's connection was open already." : ""}`;
  return slowest > SLOW
    ? { topic, result: "note", title: "Negotiating is slow", say }
    : { topic, result: "fine", title: "Negotiating is fast", say };
}
