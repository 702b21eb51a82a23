import { visibleText } from "../../../extension/core/text/visible-text.ts";
import type { DoctorControl } from "../../state/doctor/doctor-control.ts";
import type { DoctorHub } from "../../state/doctor/doctor-hubs.ts";

const MINUTE = 60_000;
const STAYS = [
  [0, "not at all"],
  [30_000, "30 s"],
  [MINUTE, "1 min"],
  [2 * MINUTE, "2 min"],
  [5 * MINUTE, "5 min"],
  [10 * MINUTE, "10 min"],
] as const;

/** How long a run takes. The connections are left open at the same time. */
function usualTime(stay: number): string {
  const word = STAYS.find(([value]) => stay > 0 && value === stay)?.[1];
  return `Usually takes 5 to 20 s${word === undefined ? "" : `, plus these ${word}`}; longer on a slow network.`;
}

interface Props {
  readonly control: DoctorControl;
  readonly hubs: readonly DoctorHub[];
  /** The chosen one. */
  readonly hub: DoctorHub;
}

/** What the user chooses before the doctor runs. */
export function DoctorFields({ control, hubs, hub }: Props) {
  const { stay, calls } = control;
  return (
    <div class="doctor-fields">
      <label for="doctor-hub">Hub</label>
      <select
        id="doctor-hub"
        class="select"
        value={hub.key}
        title={hub.url}
        data-testid="doctor-hub"
        onChange={({ currentTarget }) => {
          control.hub.value = currentTarget.value;
        }}
      >
        {hubs.map(({ key, label }) => (
          <option key={key} value={key}>
            {visibleText(label)}
          </option>
        ))}
      </select>
      <label for="doctor-stay">Leave connections open</label>
      <select
        id="doctor-stay"
        class="select"
        value={stay.value}
        aria-describedby="doctor-time"
        data-testid="doctor-stay"
        onChange={({ currentTarget }) => {
          stay.value = Number(currentTarget.value);
        }}
      >
        {STAYS.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
      <p class="dim time" id="doctor-time" data-testid="doctor-time">
        {usualTime(stay.value)}
      </p>
      <label class="tick-row wide">
        <input
          type="checkbox"
          checked={calls.value}
          aria-describedby="doctor-calls-note"
          data-testid="doctor-calls"
          onChange={({ currentTarget }) => {
            calls.value = currentTarget.checked;
          }}
        />
        Call a method that no hub has
      </label>
      <p class="dim note" id="doctor-calls-note">
        For round trips and message sizes, up to 1 MB. The server may log these calls as errors.
      </p>
    </div>
  );
}
