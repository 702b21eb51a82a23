/**
 * What the panel doesn't need in order to open. It is one chunk: with several, esbuild would split shared code into many small
 * chunks, and each has some overhead.
 */
export { CallsPane } from "../views/calls/calls-pane.tsx";
export { ConnectionsPane } from "../views/connections/connections-pane.tsx";
export { DoctorPane } from "../views/doctor/doctor-pane.tsx";
export { suspendTab } from "../state/fault-actions.ts";
export { BreakItems } from "../views/faults/break-items.tsx";
export { FaultLab } from "../views/faults/fault-lab.tsx";
export { InterruptionsPane } from "../views/interruptions/interruptions-pane.tsx";
export { findingsOf } from "../state/findings/findings-control.ts";
export { FindingsPane } from "../views/findings/findings-pane.tsx";
export { FilterHelp } from "./filter-help.tsx";
export { MessagesPane } from "../views/messages/messages-pane.tsx";
export { ReportPane } from "../views/report/report-pane.tsx";
export { ScenariosPane } from "../views/scenarios/scenarios-pane.tsx";
export { SimulatorPane } from "../views/simulator/simulator-pane.tsx";
export { exportInWorker, importShown, inspectInWorker } from "../state/file-orders.ts";
export { createTransfer } from "../state/transfer.ts";
export { clearShown } from "../state/clear-shown.ts";
export { watchForNotices } from "../state/watch-for-notices.ts";
export { windowTab } from "../state/window-tab.ts";
export { parseFilter } from "../state/messages/filter.ts";
export { isVolatile, matcherOf, momentOf, textsOf } from "../state/messages/match.ts";
export { searchInWorker } from "../state/messages/search-order.ts";
export { createPayloadSearch } from "../state/messages/payload-search.ts";
export { attachInput } from "../timeline/input.ts";
export { openAt, readingAt, zoomTo } from "../timeline/pointing.ts";
export { onTimelineKey } from "../timeline/timeline-keys.ts";
export { Tip } from "../timeline/tip.tsx";
export { HubFacts } from "../timeline/hub-facts.tsx";
export { Waiting } from "../timeline/waiting.tsx";
export { attachWindow } from "../timeline/window-input.ts";
export { attachKeys } from "../timeline/keys.ts";
export { DropZone } from "./drop-zone.tsx";
export { EmptyState } from "./empty-state.tsx";
export { ExportItems } from "./export-items.tsx";
export { MoreItems, ViewItems } from "./more-items.tsx";
export { NotRecorded } from "./not-recorded.tsx";
export { Notices } from "./notices.tsx";
export { RecordingList } from "./recording-list.tsx";
export { SettingsDialog } from "../views/settings/settings-dialog.tsx";
