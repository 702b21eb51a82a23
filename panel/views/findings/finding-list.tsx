import { useEffect, useRef } from "preact/hooks";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { AnswerIcon, SeverityIcon } from "../../content/severity.tsx";
import { findingsOf } from "../../state/findings/findings-control.ts";
import { usePanel } from "../../state/panel-state.ts";
import type { Row } from "./listing.ts";

export function FindingList({ rows, chosen }: { rows: readonly Row[]; chosen: Row | undefined }) {
  const control = findingsOf(usePanel());
  const box = useRef<HTMLUListElement>(null);
  const key = chosen?.result.key;
  const at = rows.findIndex(({ result }) => result.key === key);
  const pick = (row: Row | undefined): void => {
    control.sheet.value = false;
    control.chosen.value = row?.result.key ?? null;
  };
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [key]);
  return (
    <ul
      class="ilist finding-list"
      ref={box}
      role="listbox"
      aria-label="Findings"
      tabIndex={0}
      aria-activedescendant={at < 0 ? undefined : `finding-${at}`}
      onKeyDown={(event) => {
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        pick(rows[Math.max(0, Math.min(rows.length - 1, to))]);
      }}
    >
      {rows.map((row, i) => (
        <Item
          key={row.result.key}
          row={row}
          id={`finding-${i}`}
          selected={i === at}
          onPick={() => {
            pick(row);
          }}
        />
      ))}
    </ul>
  );
}

interface ItemProps {
  readonly row: Row;
  readonly id: string;
  readonly selected: boolean;
  readonly onPick: () => void;
}

function Item({ row: { result, finding, title }, id, selected, onPick }: ItemProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={selected}
      data-testid="finding-row"
      data-finding={result.id}
      data-answer={result.answer.answer}
      onClick={onPick}
    >
      {finding ? (
        <SeverityIcon severity={finding.result.answer.severity} />
      ) : (
        <AnswerIcon answer={result.answer.answer} />
      )}
      <span class="t ellip" title={title}>
        {title}
      </span>
      <span />
      <span class="where ellip" title={result.hub}>
        {visibleText(result.hub)}
        {finding?.later?.state === "still-there" && " · still there"}
        {finding?.again === true && " · again"}
      </span>
    </li>
  );
}
