import { EXAMPLES, KEYS } from "../state/messages/filter.ts";

const MEANS: Readonly<Record<(typeof KEYS)[number], string>> = {
  hub: "part of the hub's path",
  type: "message types; commas mean either",
  kind: "message, negotiate, socket, handshake, state, retry, fault, page",
  target: "method name, * for anything",
  dir: "in or out",
  is: "lost, error, ping, swallowed, injected, pending, counted",
  size: "more, less or exactly",
  latency: "of calls",
  from: "time of the day, or +1:30 after the beginning",
  to: "the same",
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
    <span>a minus leaves out; anything else is looked for in targets and payloads</span>
  </div>
);
