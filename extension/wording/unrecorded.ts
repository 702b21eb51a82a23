/** Texts about connections of the page that Hubscope has noticed but can't record. Pure. */
import { hubUrlOf } from "../core/protocol/addresses.ts";
import type { PageModel } from "../core/model/types.ts";

export interface Unrecorded {
  readonly kind: "worker" | "legacy";
  readonly url: string;
  readonly title: string;
  readonly text: string;
}

export const unrecordedOf = (pages: readonly PageModel[]): Unrecorded[] =>
  pages.flatMap(({ started, workers, legacy }) => [
    ...workers
      .filter(({ url }) => started?.fromDevtools || !isRead(url, pages))
      .map(({ url }): Unrecorded => ({
        kind: "worker",
        url,
        title: "In a worker",
        text: "Opened in a worker, where the page can't see it. The browser's network layer reports its URL; nothing else is recorded. Only WebSockets of dedicated workers are recorded, in Chrome and Edge while DevTools (F12) is open, if it was open when they connected.",
      })),
    ...legacy.map(({ url, clientProtocol }): Unrecorded => ({
      kind: "legacy",
      url,
      title: `ASP.NET SignalR 2.x${clientProtocol === null ? "" : `, protocol ${clientProtocol}`}`,
      text: "Not supported: a different product with a different protocol. Nothing is recorded.",
    })),
  ]);

/** Whether a worker's connections to this hub are recorded: read from DevTools. */
const isRead = (url: string, pages: readonly PageModel[]): boolean =>
  pages.some(
    ({ started, hubs }) => started?.fromDevtools && hubs.some((hub) => hubUrlOf(hub.url) === hubUrlOf(url)),
  );
