/** The visible rows of a tree: expanded and collapsed nodes, and long lists in parts. Pure. */
import type { Leaf, Place, TreeNode } from "./tree-nodes.ts";

export interface TreeRow {
  /** Path in the value, which is also its id. */
  readonly path: string;
  readonly depth: number;
  readonly key: string;
  readonly kind: "leaf" | "open" | "shut";
  readonly leaf: Leaf | null;
  readonly note: string;
  readonly place: Place | null;
}

/** Below the top, only branches with few siblings are expanded at first. */
const FEW = 5;

/** Longer lists are split into collapsed parts of this size. */
const PART = 100;

export type Openings = ReadonlyMap<string, boolean>;

const pathOf = (base: string, { id }: TreeNode): string =>
  `${base}/${id.replaceAll("~", "~0").replaceAll("/", "~1")}`;
const pathOfRest = (base: string, index: number): string => `${base}/…${index}`;

/**
 * @param openings what the user expanded or collapsed; by default the top is expanded, and down to `openDepth` branches with
 * few siblings
 */
export function treeRows(roots: readonly TreeNode[], openings: Openings, openDepth = 2): TreeRow[] {
  const rows: TreeRow[] = [];
  /** `skipped`: the number of items before these. */
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

/** The paths to the smallest value that contains a byte, starting with the outermost. */
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

/** Index of the parent row; at the top level the row itself. */
export function parentOf(rows: readonly TreeRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0;
  for (let i = index - 1; i >= 0; i--) if ((rows[i]?.depth ?? 0) < depth) return i;
  return index;
}
