/** Connections of the page that Hubscope knows of and can't record, in words. Pure. */
import type { PageModel } from "../core/model/types.ts";

export interface Unrecorded {
  readonly kind: "worker" | "legacy";
  readonly url: string;
  readonly title: string;
  readonly text: string;
}

export const unrecordedOf = (pages: readonly PageModel[]): Unrecorded[] =>
  pages.flatMap(({ workers, legacy }) => [
    ...workers.map(({ url }): Unrecorded => ({
      kind: "worker",
      url,
      title: "In a worker",
      text: "Opened inside a worker, out of the page's sight. The browser's network names its address; nothing of it is recorded.",
    })),
    ...legacy.map(({ url, clientProtocol }): Unrecorded => ({
      kind: "legacy",
      url,
      title: `ASP.NET SignalR 2.x${clientProtocol === null ? "" : `, protocol ${clientProtocol}`}`,
      text: "Not supported: it is another product with another protocol. Nothing of it is recorded.",
    })),
  ]);
