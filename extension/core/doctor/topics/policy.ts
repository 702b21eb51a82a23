/** The page's Content Security Policy. */
import { originOf } from "../../protocol/addresses.ts";
import type { DoctorProblem } from "../report.ts";
import type { DoctorSeen } from "../seen.ts";

export function blockedByPolicy(
  { began, service }: DoctorSeen,
  directive: string,
): Pick<DoctorProblem, "result" | "where" | "confidence" | "advice" | "snippet"> & { readonly say: string } {
  const origins = [began.url, ...(service === undefined ? [] : [service])].map(originOf);
  const allowed = [...new Set(origins)].flatMap((one) => [one, one.replace(/^http/, "ws")]);
  return {
    result: "problem",
    where: "app",
    confidence: "high",
    say: `The directive is ${directive}.`,
    advice: "Add the hub's host to connect-src, for both protocols.",
    snippet: {
      language: "HTTP",
      code: `Content-Security-Policy: connect-src 'self' ${allowed.join(" ")}`,
    },
  };
}
