/** Labels of the tabs. */
import type { TabName } from "../state/tabs.ts";

export const TAB_NAMES: Readonly<Record<TabName, string>> = {
  interruptions: "Interruptions",
  findings: "Findings",
  connections: "Connections",
  messages: "Messages",
  calls: "Calls",
  faults: "Fault lab",
  scenarios: "Scenarios",
  simulator: "Simulator",
  doctor: "Doctor",
  report: "Report",
};
