/** What a user is told of what was sent. */
import type { Endpoint } from "../../otlp/send/endpoint.ts";
import type { SendProblem, Sent, SentCounts } from "../../otlp/send/payload.ts";
import type { OtlpSignal } from "../../otlp/types.ts";

const UNIT: Readonly<Record<OtlpSignal, readonly [one: string, many: string]>> = {
  traces: ["span", "spans"],
  logs: ["log record", "log records"],
  metrics: ["data point", "data points"],
};

type Fate = keyof SentCounts;

const TITLE: Readonly<Record<Fate, string>> = {
  accepted: "accepted",
  rejected: "not accepted",
  dropped: "not sent",
};

/** "accepted 12 spans, 3 log records; not sent 1 data point". */
export function countsText(
  counts: Readonly<Record<OtlpSignal, SentCounts>>,
  signals: readonly OtlpSignal[],
): string {
  const of = (fate: Fate): string =>
    signals
      .filter((signal) => counts[signal][fate] > 0)
      .map((signal) => {
        const count = counts[signal][fate];
        return `${count} ${UNIT[signal][count === 1 ? 0 : 1]}`;
      })
      .join(", ");
  const said = (Object.keys(TITLE) as Fate[]).flatMap((fate) => {
    const text = of(fate);
    return text === "" ? [] : [`${TITLE[fate]}: ${text}`];
  });
  return said.length === 0 ? "nothing to send" : said.join("; ");
}

export function since(now: Sent, before: Sent): Readonly<Record<OtlpSignal, SentCounts>> {
  const of = (signal: OtlpSignal): SentCounts => ({
    accepted: now[signal].accepted - before[signal].accepted,
    rejected: now[signal].rejected - before[signal].rejected,
    dropped: now[signal].dropped - before[signal].dropped,
  });
  return { traces: of("traces"), logs: of("logs"), metrics: of("metrics") };
}

/** One sentence, and what may help. */
export function problemText(
  { url, status, message }: SendProblem,
  { hasGrpcPort }: Endpoint,
  hasHeaders: boolean,
): string {
  const answered = status === null ? "" : `status ${status}, `;
  const said = `${url}: ${message.includes(`status ${status}`) ? "" : answered}${message}`;
  const hint = hintFor(status, hasGrpcPort, hasHeaders);
  return hint === "" ? said : `${said}. ${hint}`;
}

function hintFor(status: number | null, hasGrpcPort: boolean, hasHeaders: boolean): string {
  if (status === 401 || status === 403)
    return hasHeaders
      ? "It doesn't accept the headers that were sent."
      : "It wants a key: give it with --header 'name: value'.";
  if (hasGrpcPort) return "Port 4317 is usually for gRPC; OTLP over HTTP is usually on 4318.";
  if (status === 404)
    return "Nothing is at this path: the endpoint is the address in front of /v1/…; or it doesn't take this signal, see --signal.";
  if (status === 415) return "It takes no JSON.";
  return "";
}
