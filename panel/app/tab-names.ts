/** Labels of the tabs. */
import type { TabName } from "../state/panel-state.ts";

export const TAB_NAMES: Readonly<Record<TabName, string>> = {
  interruptions: "Interruptions",
  findings: "Findings",
  connections: "Connections",
  messages: "Messages",
  calls: "Calls",
  faults: "Fault lab",
  scenarios: "Scenarios",
  simulator: "Simulator",
  report: "Report",
};
