import { watch } from "../state/watch.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { usePanel } from "../state/panel-state.ts";
import { isTyping } from "../timeline/keys.ts";
import { counted, whole } from "../../extension/core/text/format.ts";
import { Icon } from "../content/icon.tsx";
import { lazy } from "../components/lazy.tsx";

const FilterHelp = lazy(async () => (await import("./deferred-panes.ts")).FilterHelp);

/** "/" focuses it from anywhere; Escape clears it and keeps the focus, as in the browsers' own filters. */
export function FilterBox({ short }: { short: boolean }) {
  const panel = usePanel();
  const { text, filter, version, stale } = panel.messages;
  const field = useRef<HTMLInputElement>(null);
  const [focused, setFocused] = useState(false);
  const [scrolled, setScrolled] = useState(0);
  useEffect(() => {
    const listening = new AbortController();
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "/" || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
        event.preventDefault();
        field.current?.focus();
        field.current?.select();
      },
      { signal: listening.signal },
    );
    return () => {
      listening.abort();
    };
  }, []);
  const { tokens, problem } = filter.value;
  const active = text.value.trim() !== "";
  const total = panel.cleared.messages.value;
  watch(version);
  const { messages, others } = panel.messages.passed();
  const hits = active ? `${stale.value ? "…" : whole(messages)} of ${whole(total)}` : "";
  const more = others > 0 ? `, and ${counted(others, "other event")}` : "";
  return (
    <div class={`filter ${active ? "active" : ""} ${problem !== null ? "wrong" : ""}`}>
      <Icon name="search" />
      <div class="filter-field">
        <div class="filter-paint" style={{ transform: `translateX(${-scrolled}px)` }} aria-hidden="true">
          {painted(text.value, tokens)}
        </div>
        <input
          ref={field}
          type="text"
          spellcheck={false}
          autocomplete="off"
          placeholder={short ? "Filter" : "Filter, e.g. hub:board type:invocation is:lost"}
          aria-label="Filter"
          aria-invalid={problem !== null}
          aria-describedby="filter-help"
          data-testid="filter"
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            setScrolled(event.currentTarget.scrollLeft);
          }}
          onScroll={(event) => {
            setScrolled(event.currentTarget.scrollLeft);
          }}
          onFocus={() => {
            setFocused(true);
          }}
          onBlur={() => {
            setFocused(false);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape" && text.value !== "") {
              event.preventDefault();
              text.value = "";
            } else if (event.key === "Enter") panel.tab.value = "messages";
          }}
        />
      </div>
      {active && (
        <span class="hits" title={`${hits} messages${more}`} data-testid="filter-hits">
          {hits}
        </span>
      )}
      {active ? (
        <button
          class="mini"
          aria-label="Clear the filter"
          onClick={() => {
            field.current?.focus();
            text.value = "";
          }}
        >
          <Icon name="close" />
        </button>
      ) : (
        <kbd>/</kbd>
      )}
      {focused && (problem !== null ? <Problem text={problem} /> : !active && <FilterHelp />)}
    </div>
  );
}

function painted(text: string, tokens: readonly { start: number; end: number; problem: string | null }[]) {
  const parts = [];
  let at = 0;
  for (const { start, end, problem } of tokens) {
    parts.push(
      text.slice(at, start),
      <span class={problem === null ? "q" : "q wrong"}>{text.slice(start, end)}</span>,
    );
    at = end;
  }
  return parts;
}

const Problem = ({ text }: { text: string }) => (
  <div class="filter-help wrong" id="filter-help" role="alert" data-testid="filter-problem">
    <Icon name="warn" />
    {text}
  </div>
);
