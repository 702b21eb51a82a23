/** Labels and figures of findings, as the panel, the report and the documentation show them. */
import type {
  Change,
  FindingGroup,
  Measured,
  NotFound,
  Severity,
} from "../core/diagnosis/findings/finding.ts";
import type { PointState } from "../core/diagnosis/findings/guidance.ts";
import { bytes, duration, whole } from "../core/text/format.ts";

export const SEVERITY_WORD: Readonly<Record<Severity, string>> = {
  high: "High",
  medium: "Medium",
  low: "Low",
};

export const GROUP_WORD: Readonly<Record<FindingGroup, string>> = {
  retry: "Retries",
  weight: "Weight of a reconnection",
  work: "Work on the connection",
  state: "State after a reconnection",
  timing: "Timing",
  transport: "Transport and hosting",
  security: "Security and size",
  maintenance: "Maintenance",
};

export const GROUPS = Object.keys(GROUP_WORD) as FindingGroup[];

export const WHERE_WORD: Readonly<Record<Change["where"], string>> = {
  client: "Client",
  server: "Server",
  azure: "Azure SignalR Service",
  proxy: "Proxy or load balancer",
};

export const ANSWER_WORD: Readonly<Record<NotFound["answer"] | "found" | "error", string>> = {
  found: "Found",
  ok: "OK",
  "cant-tell": "Can't tell",
  "not-applicable": "Not applicable",
  error: "Check failed",
};

/** "14.2 s", "32.8 kB", "3". */
export function measuredWords({ value, unit }: Measured): string {
  switch (unit) {
    case "ms":
      return duration(value);
    case "B":
      return bytes(value);
    case "count":
      return whole(value);
    case "%":
      return `${Math.round(value * 10) / 10} %`;
    case "per second":
      return `${Math.round(value * 10) / 10}/s`;
  }
}

export const POINT_STATE_WORD: Readonly<Record<PointState, string>> = {
  met: "Met",
  partly: "Partly tested",
  "not-met": "Not met",
  "not-tested": "Not tested",
  "not-applicable": "Not applicable",
};
