import type { CircuitModel } from "../../../extension/core/model/circuit-types.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { bytes, whole } from "../../../extension/core/text/format.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { circuitHistory } from "../../../extension/core/diagnosis/circuit-history.ts";
import { circuitState, renderBatches } from "../../../extension/wording/circuit-words.ts";
import { LongText } from "../../components/long-text.tsx";
import { TimeLink } from "../../components/time-link.tsx";
import { CodeTag } from "../../content/tags.tsx";

/** Rows of the list. */
const MAX_STEPS = 50;

/** The circuit of a Blazor Server page: its state, what happened to it, and its render batches. */
export function CircuitInspector({ hub, circuit }: { hub: HubConnectionModel; circuit: CircuitModel }) {
  const { tone, word } = circuitState(hub);
  const steps = circuitHistory(hub, circuit);
  return (
    <aside class="col card stateful" aria-label="Circuit" tabIndex={-1} data-testid="circuit">
      <header class="card-head">
        <h2 class="title">Circuit</h2>
        {tone === "none" ? <span class="badge">{word}</span> : <CodeTag tone={tone}>{word}</CodeTag>}
        {circuit.id !== null && (
          <span class="soft" title="A short hash: whoever has the id itself could take the circuit over">
            <code>{circuit.id}</code>
          </span>
        )}
      </header>
      <Batches hub={hub} />
      <section>
        <h3 class="section">
          What happened to it <span class="dim">newest first</span>
        </h3>
        {steps.length === 0 && <p class="soft">Nothing since the recording began.</p>}
        <ol class="resumes">
          {steps
            .slice(-MAX_STEPS)
            .toReversed()
            .map(({ t, isBad, text }, i) => (
              <li key={steps.length - i} data-testid="circuit-step">
                <p class="clog-head">
                  <TimeLink t={t} />
                  <span class={isBad ? "bad" : ""}>
                    <LongText text={visibleText(text)} />
                  </span>
                </p>
              </li>
            ))}
        </ol>
      </section>
    </aside>
  );
}

function Batches({ hub }: { hub: HubConnectionModel }) {
  const { count, bytes: sum, largest, partly } = renderBatches(hub);
  return (
    <dl class="kv facts-grid" data-testid="render-batches">
      <div>
        <dt>Render batches</dt>
        <dd>
          {count === 0
            ? "none recorded"
            : `${whole(count)}${partly ? " in the newest 20,000 messages" : ""}, ${bytes(sum)} in all, largest ${bytes(largest)}`}
        </dd>
      </div>
    </dl>
  );
}
