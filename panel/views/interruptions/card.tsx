import { hubName } from "../../../extension/core/model/hub-name.ts";
import { hangIn } from "../../../extension/core/diagnosis/hang.ts";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { usePanel } from "../../state/panel-state.ts";
import type { FoundDowntime } from "../../state/selection.ts";
import { WindowCountdown } from "../../components/window-countdown.tsx";
import { DowntimeBody, DowntimeHead } from "../../content/downtime-card.tsx";
import { AttemptChart } from "./attempt-chart.tsx";

const LOOKS = {
  interruption: { testId: "interruption-card", name: "Interruption" },
  "failed-start": { testId: "failed-start-card", name: "Failed start" },
  hang: { testId: "hang-card", name: "Hang" },
} as const;

export function DowntimeCard({ found: { downtime: one, hub } }: { found: FoundDowntime }) {
  const panel = usePanel();
  const { testId, name } = LOOKS[one.kind];
  const { cause, confidence } = verdictOf(one);
  const page = panel.loaded.value?.model.pages.find(({ id }) => id === hub.page);
  return (
    <article
      class="col card"
      data-testid={testId}
      data-cause={cause}
      data-confidence={confidence}
      data-outcome={one.outcome}
      aria-label={`${name} of ${hubName(hub)}`}
      tabIndex={-1}
    >
      <DowntimeHead one={one} hang={hangIn(panel.watched.value, one)} faults={page?.faults ?? []} />
      {one.until === null && <WindowCountdown hub={hub} />}
      <DowntimeBody one={one} hub={hub} />
      <AttemptChart one={one} />
    </article>
  );
}
