import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { counted } from "../../../extension/core/text/format.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { MISTAKE_ADVICE, mistakeWords } from "../../../extension/wording/mistake-words.ts";
import { TimeLink } from "../../components/time-link.tsx";
import { Stack } from "../../components/stack.tsx";

/** Rows of the list. */
const MAX = 20;

/** From where the app starts and stops it. */
export function CallSites({ hub: { callSites, circuit } }: { hub: HubConnectionModel }) {
  if (callSites.length === 0) return null;
  return (
    <section data-testid="call-sites">
      <h3 class="section">
        Called by {circuit === null ? "the app" : "Blazor"} <span class="dim">while the panel was open</span>
      </h3>
      <ul class="plain-list">
        {callSites.slice(0, MAX).map(({ method, stack }, i) => (
          <li key={i}>
            <b>{method}()</b> <Stack stack={stack} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the app's own code does wrong with the connection. Blazor's client calls it by itself, so its calls aren't the app's. */
export function AppMistakes({ hub }: { hub: HubConnectionModel }) {
  const mistakes = hub.circuit === null ? hub.mistakes : [];
  if (mistakes.length === 0) return null;
  return (
    <section data-testid="app-mistakes">
      <h3 class="section">
        Mistakes in the app's code <span class="dim">reported by the client</span>
      </h3>
      <ul class="plain-list">
        {mistakes.slice(0, MAX).map((one) => (
          <li key={`${one.mistake} ${one.target ?? ""}`} data-testid="app-mistake" data-mistake={one.mistake}>
            <p class="clog-head">
              <TimeLink t={one.from} />
              <b>{visibleText(mistakeWords(one))}</b>
            </p>
            {one.error !== null && <p class="bad wrap-any">{visibleText(one.error)}</p>}
            <p class="soft">{MISTAKE_ADVICE[one.mistake]}</p>
            {one.stack !== null && <Stack stack={one.stack} />}
          </li>
        ))}
      </ul>
      {mistakes.length > MAX && <p class="soft">{counted(mistakes.length - MAX, "more kind")} not shown</p>}
    </section>
  );
}
