import { hubName } from "../../../extension/core/model/hub-name.ts";
import { usePanel } from "../../state/panel-state.ts";
import { hangIn } from "../../../extension/core/diagnosis/hang.ts";
import { waitingWords } from "../../../extension/core/diagnosis/wait-words.ts";
import { clock, counted } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import { Reading } from "../../components/reading-progress.tsx";
import { PanelContent } from "../../components/panel-content.tsx";
import { Advice } from "../../content/advice.tsx";
import { DowntimeCard } from "./card.tsx";
import { InterruptionList } from "./list.tsx";
import { Reproduce } from "./reproduce.tsx";

export function InterruptionsPane() {
  const panel = usePanel();
  const all = panel.selection.downtimes.value;
  const found = panel.selection.downtime.value;
  if (all.length === 0) {
    return <Nothing />;
  }
  const at = all.findIndex((one) => one === found || one.downtime === found?.downtime);
  const step = (by: number) => () => {
    const next = panel.selection.step(by);
    if (next) panel.view.reveal(next.downtime.from, next.downtime.until ?? panel.view.extent.peek().to);
  };
  return (
    <div class="pane pane-interruptions" id="pane" role="tabpanel" aria-labelledby="tab-interruptions">
      <InterruptionList />
      <div class="stepper narrow-only">
        <button class="mini" aria-label="Previous interruption" disabled={at <= 0} onClick={step(-1)}>
          <Icon name="left" />
        </button>
        <button class="mini" aria-label="Next interruption" disabled={at >= all.length - 1} onClick={step(1)}>
          <Icon name="right" />
        </button>
        <span>
          {found?.downtime.kind === "interruption"
            ? "Interruption"
            : found?.downtime.kind === "hang"
              ? "Hang"
              : "Failed start"}{" "}
          <b>
            {at + 1} of {all.length}
          </b>
        </span>
        <span class="grow" />
        {found && (
          <span>
            {clock(found.downtime.from)} · {hubName(found.hub)}
          </span>
        )}
      </div>
      {found ? (
        <div class="downtime">
          <PanelContent>
            <DowntimeCard found={found} />
            <aside class="col advice" aria-label="Recommendations" tabIndex={-1}>
              <Advice one={found.downtime} hang={hangIn(panel.watched.value, found.downtime)}>
                <button
                  class="link"
                  onClick={() => {
                    panel.tab.value = "report";
                  }}
                >
                  Open report
                </button>
              </Advice>
              {found.downtime.kind !== "hang" && (
                <Reproduce key={found.downtime.key} one={found.downtime} hub={found.hub} />
              )}
            </aside>
          </PanelContent>
        </div>
      ) : (
        <div class="col nothing">
          <p>Select an interruption in the list or on the timeline.</p>
        </div>
      )}
    </div>
  );
}

/** What the first connection that takes long is waiting for. */
function WaitingNow() {
  const { watched } = usePanel();
  const [first, ...others] = watched.value.waiting;
  if (!first) return null;
  return (
    <span class="waiting" data-testid="waiting-now">
      {hubName(first.hub)}: {lowerFirst(waitingWords(first.wait, first.length))}
      {others.length > 0 && `, and ${counted(others.length, "other connection")}`}.{" "}
    </span>
  );
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** One short line while there are no interruptions, so that the timeline gets the space. */
function Nothing() {
  const panel = usePanel();
  const [waits] = panel.watched.value.waiting;
  return (
    <div
      class="pane calm"
      id="pane"
      role="tabpanel"
      aria-labelledby="tab-interruptions"
      data-testid="no-interruptions"
    >
      {panel.reading.value !== null ? (
        <Reading />
      ) : (
        <p class="ellip">
          <b>No interruptions yet.</b> <WaitingNow />
          {waits ? (
            <button
              class="link"
              onClick={() => {
                panel.selection.hubKey.value = waits.hub.key;
                panel.tab.value = "connections";
              }}
            >
              Show connection
            </button>
          ) : (
            <>
              <button
                class="link"
                onClick={() => {
                  panel.tab.value = "faults";
                }}
              >
                Inject a fault
              </button>{" "}
              to see what the app does.
            </>
          )}
        </p>
      )}
    </div>
  );
}
