import type { ComponentChildren } from "preact";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import type { DoctorControl } from "../../state/doctor/doctor-control.ts";
import { methodsOf, type DoctorHub } from "../../state/doctor/doctor-hubs.ts";
import type { ListedRun } from "../../state/doctor/doctor-runs.ts";
import { useEvents } from "../../state/follow-events.ts";
import { showResult } from "./show-result.ts";

const MINUTE = 60_000;
const STAYS = [
  [0, "not at all"],
  [30_000, "30 s"],
  [MINUTE, "1 min"],
  [2 * MINUTE, "2 min"],
  [5 * MINUTE, "5 min"],
  [10 * MINUTE, "10 min"],
] as const;

interface Props {
  readonly control: DoctorControl;
  readonly hubs: readonly DoctorHub[];
  /** The run that goes on. */
  readonly running: ListedRun | undefined;
  /** Why it can't run; null: it can. */
  readonly reason: string | null;
  /** Between what is chosen and what it will do. */
  readonly children: ComponentChildren;
}

/** What is asked before the doctor runs, and what it will do. */
export function DoctorForm({ control, hubs, running, reason, children }: Props) {
  useEvents();
  const { stay, calls } = control;
  const hub = hubs.find(({ key }) => key === control.hub.value) ?? hubs[0];
  const starting = control.starting.value;
  return (
    <form
      class="run-form doctor-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!hub || reason !== null || running) return;
        void control.start(hub).then(showResult);
      }}
    >
      <div class="run-bar">
        {running ? (
          <button
            key="cancel"
            class="btn"
            type="button"
            data-testid="doctor-cancel"
            onClick={() => {
              control.cancel(running);
            }}
          >
            <Icon name="stop" />
            Cancel
          </button>
        ) : (
          <button
            key="run"
            class="btn primary"
            type="submit"
            disabled={reason !== null || starting}
            data-testid="doctor-run"
          >
            Run doctor
          </button>
        )}
        <span class="soft" role="status" data-testid="doctor-status">
          {running ? "Running…" : (reason ?? (starting ? "Starting…" : ""))}
        </span>
      </div>
      {hub && (
        <>
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
          {children}
          <BeforeRun hub={hub} stay={stay.value} />
        </>
      )}
      {!hub && children}
    </form>
  );
}

/** So many names of methods are listed. */
const LISTED = 12;

function BeforeRun({ hub, stay }: { hub: DoctorHub; stay: number }) {
  useEvents();
  const methods = methodsOf(hub.hubs);
  return (
    <section class="doctor-before" aria-labelledby="doctor-before" data-testid="doctor-before">
      <h2 class="section" id="doctor-before">
        What it will do
      </h2>
      <ul class="doctor-bullets soft">
        <li>
          Make about 20 short connections to <span class="wrap-any">{visibleText(hub.url)}</span>
          {stay > 0 && ", and leave some of them open for the chosen time"}.
        </li>
        <li>
          For each, the server runs OnConnectedAsync and OnDisconnectedAsync: other users may see someone come
          and go.
        </li>
        <li>
          Use the app's own token and cookies. The token is borrowed inside the page and goes to the hub only:
          Hubscope doesn't record it.
        </li>
        <li>
          If the server grants stateful reconnect: lose such a connection on purpose. In Chromium that sends
          up to 3 MB each time, three times at most.
        </li>
        <li>Record what it finds. Nothing of it counts in the app's connections, calls and figures.</li>
      </ul>
      <h2 class="section">Hub methods it will not call</h2>
      <p class="soft wrap-any" data-testid="doctor-methods">
        {methods.length === 0
          ? "None of this hub's methods is called."
          : methods.slice(0, LISTED).map((name, i) => (
              <>
                {i > 0 && ", "}
                <code>{visibleText(name)}</code>
              </>
            ))}
        {methods.length > LISTED && `, and ${methods.length - LISTED} more`}
        {methods.length > 0 && ". No method of this hub is called, seen or not."}
      </p>
    </section>
  );
}
