import type { ComponentChildren } from "preact";
import type { HubMessage } from "../../../extension/core/events/events.ts";
import { callErrorOf } from "../../../extension/core/diagnosis/call-errors.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { COMPLETION } from "../../../extension/core/protocol/terms.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { MISTAKE_ADVICE, mistakesOf, mistakeWords } from "../../../extension/wording/mistake-words.ts";

interface Props {
  readonly message: HubMessage;
  readonly hub: HubConnectionModel;
}

/** What is known of the app's own code at a message: its mistakes, and what the server says of a call. */
export function AppCode({ message, hub }: Props) {
  const mistakes = mistakesOf(hub, message);
  const error = message.type === COMPLETION && message.error ? callErrorOf(message.error) : null;
  return (
    <>
      {mistakes.map((mistake) => (
        <Fact key={mistake.mistake} name="App code" testId="message-mistake">
          <span class="bad">{visibleText(mistakeWords(mistake))}</span>
          {mistake.error !== null && <span class="wrap-any"> · {visibleText(mistake.error)}</span>}
          <span class="dim"> · {MISTAKE_ADVICE[mistake.mistake]}</span>
        </Fact>
      ))}
      {error && (
        <Fact name="Means" testId="call-error">
          {error.text} <span class="dim">· {error.advice}</span>
        </Fact>
      )}
    </>
  );
}

function Fact({ name, testId, children }: { name: string; testId?: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd data-testid={testId}>{children}</dd>
    </>
  );
}
