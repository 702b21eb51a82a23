/**
 * How much of a page's heap is code that V8 has compiled. It compiles functions again and again as they are used more, in each frame
 * for itself, so this part grows for a long time although nothing is kept.
 */
import type { CDPSession } from "puppeteer-core";

/** The part of a heap snapshot that is read here. Nodes are rows of numbers: `node_fields` names the columns. */
interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly unknown[] };
  };
  readonly nodes: readonly number[];
}

/** In bytes. Stops the page for a moment: a second or two for a heap of 50 MB. */
export async function measureCompiledCode(session: CDPSession): Promise<number> {
  const pieces: string[] = [];
  const add = ({ chunk }: { chunk: string }): void => {
    pieces.push(chunk);
  };
  session.on("HeapProfiler.addHeapSnapshotChunk", add);
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  session.off("HeapProfiler.addHeapSnapshotChunk", add);
  return compiledCodeIn(JSON.parse(pieces.join("")) as HeapSnapshot);
}

export function compiledCodeIn({ snapshot: { meta }, nodes }: HeapSnapshot): number {
  const types = meta.node_types[0] as readonly string[];
  const [type, size] = ["type", "self_size"].map((name) => meta.node_fields.indexOf(name));
  const code = types.indexOf("code");
  if (type === undefined || size === undefined || type < 0 || size < 0 || code < 0)
    throw new Error("this browser's heap snapshots have another format");
  let bytes = 0;
  for (let i = 0; i < nodes.length; i += meta.node_fields.length)
    if (nodes[i + type] === code) bytes += nodes[i + size] ?? 0;
  return bytes;
}
