import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { methodsOf, type DoctorHub } from "../../state/doctor/doctor-hubs.ts";
import { useEvents } from "../../state/follow-events.ts";

interface Props {
  readonly hub: DoctorHub;
  readonly stay: number;
  /** Whether it is unfolded at first: until there is a run, which is then of more interest. */
  readonly open: boolean;
}

/** So many names of methods are listed. */
const LISTED = 12;

/** What the doctor will do, and what it won't. */
export function BeforeRun({ hub, stay, open }: Props) {
  useEvents();
  const methods = methodsOf(hub.hubs);
  return (
    <details class="doctor-before" open={open} data-testid="doctor-before">
      <summary>
        <h2 class="section">What it will do</h2>
      </summary>
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
    </details>
  );
}
