/**
 * What the panel doesn't need in order to open. In one chunk, because what several chunks share is cut into pieces by who
 * shares it, and each piece weighs something.
 */
import "./state/hand-over-judges.ts";

export { CallsPane } from "./calls/calls-pane.tsx";
export { ConnectionsPane } from "./connections/connections-pane.tsx";
export { suspendTab } from "./faults/actions.ts";
export { BreakItems } from "./faults/break-items.tsx";
export { FaultLab } from "./faults/fault-lab.tsx";
export { InterruptionsPane } from "./interruptions/interruptions-pane.tsx";
export { parseFilter } from "./messages/filter.ts";
export { FilterHelp } from "./messages/filter-help.tsx";
export { isVolatile, matcherOf, momentOf } from "./messages/match.ts";
export { MessagesPane } from "./messages/messages-pane.tsx";
export { ReportPane } from "./report/report-pane.tsx";
export { ScenariosPane } from "./scenarios/scenarios-pane.tsx";
export { clearShown } from "./state/clear-shown.ts";
export { exportEvents } from "./state/files.ts";
export { attachInput } from "./timeline/input.ts";
export { attachKeys } from "./timeline/keys.ts";
export { openAt, readingAt, zoomTo } from "./timeline/pointing.ts";
export { onTimelineKey } from "./timeline/timeline-keys.ts";
export { Tip } from "./timeline/tip.tsx";
export { attachWindow } from "./timeline/window-input.ts";
export { DropZone } from "./ui/drop-zone.tsx";
export { EmptyState } from "./ui/empty-state.tsx";
export { ExportItems } from "./ui/export-items.tsx";
export { MoreItems, ViewItems } from "./ui/more-items.tsx";
export { Notices } from "./ui/notices.tsx";
export { RecordingList } from "./ui/recording-list.tsx";
export { SettingsDialog } from "./ui/settings-dialog.tsx";
