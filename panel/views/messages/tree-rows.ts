/** Nodes as the rows of a tree: what is open, what is folded, and long lists in parts. Pure. */
import type { Leaf, Place, TreeNode } from "./tree-nodes.ts";

export interface TreeRow {
  /** Where it is in the value; also its identity. */
  readonly path: string;
  readonly depth: number;
  readonly key: string;
  readonly kind: "leaf" | "open" | "shut";
  readonly leaf: Leaf | null;
  readonly note: string;
  readonly place: Place | null;
}

/** Below the top, only branches with few neighbours are open at first. */
const FEW = 5;

/** Longer lists show this many and then the rest, folded. */
const PART = 100;

export type Openings = ReadonlyMap<string, boolean>;

const pathOf = (base: string, { id }: TreeNode): string =>
  `${base}/${id.replaceAll("~", "~0").replaceAll("/", "~1")}`;
const pathOfRest = (base: string, index: number): string => `${base}/…${index}`;

/** @param openings where somebody opened or folded; else the top is open, and down to `openDepth` what has few neighbours */
export function treeRows(roots: readonly TreeNode[], openings: Openings, openDepth = 2): TreeRow[] {
  const rows: TreeRow[] = [];
  /** `skipped`: of how many that stand before. */
  const walk = (nodes: readonly TreeNode[], depth: number, base: string, skipped: number): void => {
    for (const [i, node] of nodes.entries()) {
      if (i >= PART) {
        const path = pathOfRest(base, skipped + i);
        const open = openings.get(path) ?? false;
        rows.push({
          path,
          depth,
          key: `${skipped + i} … ${skipped + nodes.length - 1}`,
          kind: open ? "open" : "shut",
          leaf: null,
          note: `${nodes.length - i} more`,
          place: null,
        });
        if (open) walk(nodes.slice(i), depth, path, skipped + i);
        return;
      }
      const { key, leaf, note, place } = node;
      const path = pathOf(base, node);
      if (leaf) {
        rows.push({ path, depth, key, kind: "leaf", leaf, note, place });
        continue;
      }
      const usual = depth === 0 || (depth < openDepth && nodes.length <= FEW);
      const open = openings.get(path) ?? usual;
      rows.push({ path, depth, key, kind: open ? "open" : "shut", leaf, note, place });
      if (open) walk(node.children(), depth + 1, path, 0);
    }
  };
  walk(roots, 0, "", 0);
  return rows;
}

/** The paths that lead to the smallest value around a byte, from the outermost on. */
export function pathsTo(roots: readonly TreeNode[], byte: number): string[] {
  const paths: string[] = [];
  let base = "";
  let nodes = roots;
  for (;;) {
    const at = nodes.findIndex(({ place }) => place !== null && place.start <= byte && byte < place.end);
    const node = nodes[at];
    if (!node) return paths;
    for (let skipped = PART; skipped <= at; skipped += PART) {
      base = pathOfRest(base, skipped);
      paths.push(base);
    }
    base = pathOf(base, node);
    paths.push(base);
    nodes = node.children();
  }
}

/** Index of the row that holds this one; itself at the top. */
export function parentOf(rows: readonly TreeRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0;
  for (let i = index - 1; i >= 0; i--) if ((rows[i]?.depth ?? 0) < depth) return i;
  return index;
}
