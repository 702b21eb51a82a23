/**
 * Reads how much a render batch of Blazor Server changes, without decoding it. Its layout is that of
 * `OutOfProcessRenderBatch` in blazor.web.js: at the end five offsets (32 bits, little-endian) of tables, each of which begins
 * with its number of entries. The first one lists diffs: of which component, and how many edits of 16 bytes.
 * Names of components aren't in it, only their numbers.
 */

export interface RenderBatch {
  /** Ids of the components that changed. */
  readonly components: readonly number[];
  readonly edits: number;
  readonly removed: number;
}

/** The offsets of updated components, frames, removed components, removed event handlers, and texts. */
const TABLES = 20;
const WORD = 4;
/** Limits the list of components. */
const MAX_COMPONENTS = 10_000;

/** null: it isn't a render batch, or not all of it. */
export function readRenderBatch(bytes: Uint8Array): RenderBatch | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numberAt = (at: number): number | null =>
    at >= 0 && at + WORD <= bytes.length ? view.getInt32(at, true) : null;
  const updated = numberAt(bytes.length - TABLES);
  const disposed = numberAt(bytes.length - TABLES + 2 * WORD);
  if (updated === null || disposed === null) return null;
  const count = numberAt(updated);
  const removed = numberAt(disposed);
  if (count === null || removed === null || count < 0 || removed < 0 || count > MAX_COMPONENTS) return null;
  const components: number[] = [];
  let edits = 0;
  for (let i = 0; i < count; i++) {
    const diff = numberAt(updated + WORD + i * WORD);
    if (diff === null) return null;
    const component = numberAt(diff);
    const changes = numberAt(diff + WORD);
    if (component === null || changes === null || changes < 0) return null;
    components.push(component);
    edits += changes;
  }
  return { components, edits, removed };
}
