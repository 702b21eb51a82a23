/**
 * What the panel doesn't need in order to open. In one chunk, because what several chunks share is cut into pieces by who
 * shares it, and each piece weighs something.
 */
export { CallsPane } from "./calls/calls-pane.tsx";
export { ConnectionsPane } from "./connections/connections-pane.tsx";
export { suspendTab } from "./faults/actions.ts";
export { BreakItems } from "./faults/break-items.tsx";
export { FaultLab } from "./faults/fault-lab.tsx";
export { InterruptionsPane } from "./interruptions/interruptions-pane.tsx";
export { FilterHelp } from "./messages/filter-help.tsx";
export { MessagesPane } from "./messages/messages-pane.tsx";
export { ReportPane } from "./report/report-pane.tsx";
export { ScenariosPane } from "./scenarios/scenarios-pane.tsx";
export { exportEvents, importEvents } from "./state/files.ts";
export { openAt, readingAt, zoomTo } from "./timeline/pointing.ts";
export { Tip } from "./timeline/tip.tsx";
export { EmptyState } from "./ui/empty-state.tsx";
export { ExportItems } from "./ui/export-items.tsx";
export { RecordingList } from "./ui/recording-list.tsx";
export { SettingsDialog } from "./ui/settings-dialog.tsx";
