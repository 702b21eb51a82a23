import { hubName } from "../../../extension/core/model/hub-name.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import type { SimulatorControl } from "../../state/simulator/simulator-control.ts";

/** The connection that tells most of its retries. null: none tells anything. */
export function bestKnown(hubs: readonly HubConnectionModel[]): HubConnectionModel | null {
  const retries = ({ attempts }: HubConnectionModel): number =>
    attempts.filter(({ origin }) => origin === "retry").length;
  const [best] = [...hubs].sort((a, b) => retries(b) - retries(a));
  return best && retries(best) > 0 ? best : null;
}

interface Props {
  readonly control: SimulatorControl;
  readonly hubs: readonly HubConnectionModel[];
}

/** Where the values at first come from. */
export function StartFrom({ control, hubs }: Props) {
  const { origin, observed } = control;
  if (hubs.length === 0)
    return (
      <p class="dim">Assumptions to begin with. With a recording, values are taken from what it shows.</p>
    );
  const nothing = origin.value !== null && Object.keys(observed.value).length === 0;
  return (
    <>
      <label class="start-from">
        <span>Values from</span>
        <select
          class="select"
          value={origin.value ?? ""}
          data-testid="simulator-from"
          onChange={({ currentTarget }) => {
            control.startFrom(hubs.find(({ key }) => key === currentTarget.value) ?? null);
          }}
        >
          <option value="">Assumptions</option>
          {hubs.map((hub) => (
            <option key={hub.key} value={hub.key}>
              {visibleText(hubName(hub))}
            </option>
          ))}
        </select>
      </label>
      {nothing && <p class="dim">Nothing was observed of its retries yet: all values are assumptions.</p>}
    </>
  );
}
