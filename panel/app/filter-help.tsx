import { EXAMPLES, KEYS } from "../state/messages/filter.ts";

const MEANS: Readonly<Record<(typeof KEYS)[number], string>> = {
  hub: "part of the hub's path",
  type: "message types, comma = or",
  kind: "message, negotiate, socket, handshake, state, retry, fault, doctor, page",
  target: "method name, * = any text",
  dir: "in or out",
  is: "lost, error, ping, swallowed, injected, pending, counted",
  size: "of messages: >, < or =",
  latency: "of calls",
  from: "clock time, or +1:30 after the start",
  to: "same as from",
};

export const FilterHelp = () => (
  <div class="filter-help" id="filter-help">
    {KEYS.map((key) => (
      <>
        <code key={key}>{EXAMPLES[key]}</code>
        <span>{MEANS[key]}</span>
      </>
    ))}
    <code>-is:ping</code>
    <span>minus = not; any other text searches targets and payloads</span>
    <code>"order 4711"</code>
    <span>a text with spaces; quotes inside of it are searched for, too</span>
  </div>
);
