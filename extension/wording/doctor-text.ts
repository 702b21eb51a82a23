/** A run of the connection doctor as plain text, for a chat or an issue. */
import type { AppUse } from "../core/doctor/app-uses.ts";
import { protocolName, transportName } from "../core/doctor/names.ts";
import { problemsFirst } from "../core/doctor/report-of.ts";
import type { DoctorReport, DoctorVerdict } from "../core/doctor/report.ts";
import type { DoctorRunModel } from "../core/model/types.ts";
import { bytes, dateTime, duration, LOCAL, type Zone } from "../core/text/format.ts";
import { outcomeWords, PLACE_WORD, PROTOCOL_WORD, RESUME_WORD } from "./doctor-labels.ts";
import { wayInWords } from "./doctor-words.ts";
import { KIND_WORD } from "./transport-name.ts";

export function doctorText(
  run: DoctorRunModel,
  report: DoctorReport,
  uses: readonly AppUse[],
  zone: Zone = LOCAL,
): string {
  const { began, facts } = run;
  return [
    `Connection doctor: ${report.headline}`,
    `${began.url}, ${dateTime(run.from, zone)}`,
    ...(uses.length > 0 ? [`The app uses ${usesInWords(uses)}.`] : []),
    "",
    ...problemsFirst(report.verdicts).flatMap(verdictLines),
    "",
    "Measured:",
    ...facts.map((fact) => `- ${factLine(fact)}`),
  ].join("\n");
}

/** "WebSockets with JSON". */
export const usesInWords = (uses: readonly AppUse[]): string =>
  uses
    .map(({ transport, protocol }) =>
      protocol === null
        ? transportName(transport)
        : `${transportName(transport)} with ${protocolName(protocol)}`,
    )
    .join(", ");

const RESULT: Readonly<Record<DoctorVerdict["result"], string>> = {
  problem: "Problem",
  fine: "Works",
  note: "Note",
  "cant-tell": "Can't tell",
};

function verdictLines(verdict: DoctorVerdict): string[] {
  const first = `- ${RESULT[verdict.result]}: ${verdict.title}. ${verdict.say}`;
  if (verdict.result !== "problem") return [first];
  return [
    first,
    `  ${PLACE_WORD[verdict.where]}, ${verdict.confidence} confidence. ${verdict.advice}`,
    ...(verdict.snippet?.code.split("\n").map((line) => `    ${line}`) ?? []),
    ...(verdict.link === undefined ? [] : [`  ${verdict.link}`]),
  ];
}

function factLine(fact: DoctorRunModel["facts"][number]): string {
  switch (fact.kind) {
    case "doctor-negotiate":
      return `negotiate: ${fact.status ?? fact.error ?? "no answer"}, ${duration(fact.duration)}`;
    case "doctor-connect":
      return `${wayInWords(fact)}, ${PROTOCOL_WORD[fact.protocol]}: ${outcomeWords(fact)}, ${duration(fact.duration)}${
        fact.roundTrip === undefined ? "" : `, round trip ${duration(fact.roundTrip)}`
      }`;
    case "doctor-sticky":
      return `sticky sessions, ${KIND_WORD[fact.transport]}: ${stickyInWords(fact)}`;
    case "doctor-resume":
      return `stateful reconnect: ${RESUME_WORD[fact.outcome]}`;
    case "doctor-size":
      return `largest message ${fact.direction === "in" ? "from the server" : "to the server"}: ${sizesInWords(fact)}`;
    case "doctor-stay":
      return `left open, ${KIND_WORD[fact.transport]}: ${fact.lost ? "lost" : "still open"} after ${duration(fact.duration)}, ${fact.pings} pings`;
  }
}

type Fact<K extends DoctorRunModel["facts"][number]["kind"]> = Extract<
  DoctorRunModel["facts"][number],
  { kind: K }
>;

export const stickyInWords = ({ tried, notFound, failed }: Fact<"doctor-sticky">): string =>
  `${tried - notFound - failed} of ${tried} reached the server that negotiated${
    failed > 0 ? `, ${failed} failed for another reason` : ""
  }`;

const sizesInWords = ({ passed, failed }: Fact<"doctor-size">): string =>
  `${passed === 0 ? "none arrived" : `${bytes(passed)} arrived`}${
    failed === null ? ", the largest that was tried" : `, ${bytes(failed)} didn't`
  }`;
