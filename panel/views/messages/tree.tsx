import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { Icon } from "../../content/icon.tsx";
import type { Leaf, Place, TreeNode } from "./tree-nodes.ts";
import { parentOf, pathsTo, treeRows, type Openings, type TreeRow } from "./tree-rows.ts";

interface Props {
  readonly nodes: readonly TreeNode[];
  readonly label: string;
  /** Called with the bytes of the selected row. */
  readonly onPlace?: (place: Place | null) => void;
  /** Selects the smallest value that contains that byte; a new object repeats it. */
  readonly wanted?: { readonly byte: number } | null;
}

/** The user's changes to the tree of these nodes. */
interface Own {
  readonly of: readonly TreeNode[];
  readonly openings: Openings;
  readonly path: string | null;
}

const NONE: Openings = new Map();

/** A tree, for keyboard and pointer. */
export function Tree({ nodes, label, onPlace, wanted = null }: Props) {
  const [own, setOwn] = useState<Own>({ of: nodes, openings: NONE, path: null });
  const box = useRef<HTMLUListElement>(null);
  const { openings, path } = own.of === nodes ? own : { openings: NONE, path: null };
  const rows = useMemo(() => treeRows(nodes, openings), [nodes, openings]);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.path === path),
  );
  const choose = (row: TreeRow | undefined, next: Openings = openings): void => {
    if (!row) return;
    setOwn({ of: nodes, openings: next, path: row.path });
    onPlace?.(row.place);
  };
  const turned = ({ path: at, kind }: TreeRow): Openings =>
    kind === "leaf" ? openings : new Map([...openings, [at, kind === "shut"]]);
  useEffect(() => {
    const paths = wanted ? pathsTo(nodes, wanted.byte) : [];
    const next = new Map([...openings, ...paths.slice(0, -1).map((one) => [one, true] as const)]);
    choose(
      treeRows(nodes, next).find((row) => row.path === paths.at(-1)),
      next,
    );
  }, [wanted]);
  useEffect(() => {
    if (path !== null) box.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [path, at]);
  const move = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    const go = (to: number) => () => {
      choose(rows[Math.max(0, Math.min(rows.length - 1, to))]);
    };
    const turn = (): void => {
      if (row) choose(row, turned(row));
    };
    const moves: Record<string, () => void> = {
      ArrowDown: go(at + 1),
      ArrowUp: go(at - 1),
      Home: go(0),
      End: go(rows.length - 1),
      ArrowRight: row?.kind === "shut" ? turn : go(at + 1),
      ArrowLeft: row?.kind === "open" ? turn : go(parentOf(rows, at)),
      Enter: turn,
      " ": turn,
    };
    const act = moves[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <ul
      class="tree"
      role="tree"
      aria-label={label}
      tabIndex={0}
      ref={box}
      onKeyDown={move}
      aria-activedescendant={`tree-${at}`}
    >
      {rows.map((row, i) => (
        <li
          key={row.path}
          id={`tree-${i}`}
          class={`${row.kind} ${i === at ? "on" : ""}`}
          style={{ paddingLeft: `${(row.kind === "leaf" ? 24 : 12) + row.depth * 14}px` }}
          role="treeitem"
          aria-level={row.depth + 1}
          aria-selected={i === at}
          {...(row.kind === "leaf" ? {} : { "aria-expanded": row.kind === "open" })}
          onClick={() => {
            choose(row, turned(row));
          }}
        >
          {row.kind !== "leaf" && <Icon name={row.kind === "open" ? "down" : "right"} small />}
          <span class="p">{visibleText(row.key)}</span>
          {row.leaf ? <Value leaf={row.leaf} /> : <span class="dim">{visibleText(row.note)}</span>}
        </li>
      ))}
    </ul>
  );
}

const Value = ({ leaf: { text, tone, hint } }: { leaf: Leaf }) => (
  <>
    : <span class={tone === "dim" ? "bin" : tone}>{visibleText(text)}</span>
    {hint !== undefined && <span class="dim">{hint}</span>}
  </>
);
