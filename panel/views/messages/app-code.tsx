import type { ComponentChildren } from "preact";
import type { HubMessage } from "../../../extension/core/events/events.ts";
import { callErrorOf } from "../../../extension/core/diagnosis/call-errors.ts";
import type { CallModel, HubConnectionModel } from "../../../extension/core/model/types.ts";
import { COMPLETION, INVOCATION, STREAM_INVOCATION } from "../../../extension/core/protocol/terms.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { MISTAKE_ADVICE, mistakesOf, mistakeWords } from "../../../extension/wording/mistake-words.ts";

import { Stack } from "../../components/stack.tsx";

interface Props {
  readonly message: HubMessage;
  readonly call: CallModel | null;
  readonly hub: HubConnectionModel;
}

/** What is known of the app's own code at a message: its mistakes, what the server says of a call, and where it was called. */
export function AppCode({ message, call, hub }: Props) {
  const mistakes = mistakesOf(hub, message);
  const error = message.type === COMPLETION && message.error ? callErrorOf(message.error) : null;
  const opens = message.type === INVOCATION || message.type === STREAM_INVOCATION;
  const sites = opens && message.direction === "out" ? sitesOf(hub, message.target ?? call?.target) : [];
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
      {sites.map((stack, i) => (
        <Fact key={i} name={sites.length === 1 ? "Called from" : `Called from (${i + 1} of ${sites.length})`}>
          <Stack stack={stack} />
        </Fact>
      ))}
    </>
  );
}

const sitesOf = ({ callSites }: HubConnectionModel, target: string | undefined): string[] =>
  callSites
    .filter((site) => site.target === target && site.method !== "start" && site.method !== "stop")
    .map(({ stack }) => stack);

function Fact({ name, testId, children }: { name: string; testId?: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd data-testid={testId}>{children}</dd>
    </>
  );
}
