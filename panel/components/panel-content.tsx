/** What content can do in the panel: point at the timeline, open another tab, show all of a long text. */
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { shortId } from "../../extension/core/text/format.ts";
import { ContentProvider, type ContentContext } from "../content/content-context.ts";
import { watch } from "../state/watch.ts";
import { usePanel, type PanelState } from "../state/panel-state.ts";
import { CopyButton } from "./copy-button.tsx";
import { LongText } from "./long-text.tsx";
import { TimeLink } from "./time-link.tsx";

export function PanelContent({ children }: { children: ComponentChildren }) {
  const panel = usePanel();
  const context = useMemo(() => contextOf(panel), [panel]);
  return <ContentProvider value={context}>{children}</ContentProvider>;
}

const contextOf = ({ loaded, view }: PanelState): ContentContext => ({
  // A getter: only components that read it are rendered again as time passes, and with new events (see `useEvents`).
  get now() {
    watch(loaded.value?.version);
    return view.extent.value.to;
  },
  get pages() {
    watch(loaded.value?.version);
    return loaded.value?.model.pages ?? [];
  },
  Time: TimeLink,
  LongText,
  CallsLink,
  Copy: CopyButton,
  idText: shortId,
  pointAt(t) {
    view.cursor.value = t;
  },
  maxAttempts: 40,
  hasTooltips: true,
  headings: { card: "h2", part: "h3" },
});

function CallsLink({ children }: { children: ComponentChildren }) {
  const panel = usePanel();
  return (
    <button
      class="link"
      onClick={() => {
        panel.tab.value = "calls";
      }}
    >
      {children}
    </button>
  );
}
