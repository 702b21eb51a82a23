import { KNOWN_FROM } from "../../extension/core/diagnosis/titles.ts";
import type { Knowledge } from "../../extension/core/model/types.ts";
import type { Confidence } from "../../extension/core/diagnosis/verdict.ts";

/** The source of a fact: solid for the client, dashed for the wire, plain for the page. */
export const SourceTag = ({ knowledge, long = false }: { knowledge: Knowledge; long?: boolean }) => (
  <span class={`src ${knowledge}`}>{long ? KNOWN_FROM[knowledge] : knowledge}</span>
);

const BARS: Readonly<Record<Confidence, number>> = { low: 1, medium: 2, high: 3 };

/** Shows the confidence as one to three bars, always together with the word. */
export const ConfidenceBars = ({ confidence }: { confidence: Confidence }) => (
  <span class="conf">
    <span class="bars" aria-hidden="true">
      {[1, 2, 3].map((bar) => (
        <i key={bar} class={bar <= BARS[confidence] ? undefined : "off"} />
      ))}
    </span>
    {confidence} confidence
  </span>
);

export const CodeTag = ({ tone, children }: { tone: "good" | "warn" | "bad"; children: string }) => (
  <span class={`code-tag ${tone}`}>{children}</span>
);
