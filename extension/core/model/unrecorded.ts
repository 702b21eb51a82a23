/** Connections of the page that Hubscope has noticed but can't record. */
import { hubUrlOf } from "../protocol/addresses.ts";
import type { PageModel } from "./types.ts";

export type UnrecordedConnection =
  | { readonly kind: "worker"; readonly url: string }
  /** Of ASP.NET SignalR 2.x. */
  | { readonly kind: "legacy"; readonly url: string; readonly clientProtocol: string | null };

export const unrecordedIn = (pages: readonly PageModel[]): UnrecordedConnection[] =>
  pages.flatMap(({ started, workers, legacy }) => [
    ...workers
      .filter(({ url }) => started?.fromDevtools || !isRead(url, pages))
      .map(({ url }) => ({ kind: "worker", url }) as const),
    ...legacy.map(({ url, clientProtocol }) => ({ kind: "legacy", url, clientProtocol }) as const),
  ]);

/** Whether a worker's connections to this hub are recorded: read from DevTools. */
const isRead = (url: string, pages: readonly PageModel[]): boolean =>
  pages.some(
    ({ started, hubs }) => started?.fromDevtools && hubs.some((hub) => hubUrlOf(hub.url) === hubUrlOf(url)),
  );
