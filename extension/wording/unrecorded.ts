/** Texts about connections of the page that Hubscope has noticed but can't record. Pure. */
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
      text: "Opened in a worker, where the page can't see it. The browser's network layer reports its URL; nothing else is recorded.",
    })),
    ...legacy.map(({ url, clientProtocol }): Unrecorded => ({
      kind: "legacy",
      url,
      title: `ASP.NET SignalR 2.x${clientProtocol === null ? "" : `, protocol ${clientProtocol}`}`,
      text: "Not supported: a different product with a different protocol. Nothing is recorded.",
    })),
  ]);
