/** Texts about connections of the page that Hubscope has noticed but can't record. Pure. */
import type { PageModel } from "../core/model/types.ts";
import { unrecordedIn, type UnrecordedConnection } from "../core/model/unrecorded.ts";

export interface Unrecorded {
  readonly kind: UnrecordedConnection["kind"];
  readonly url: string;
  readonly title: string;
  readonly text: string;
}

export const unrecordedOf = (pages: readonly PageModel[]): Unrecorded[] =>
  unrecordedIn(pages).map((one) => ({ kind: one.kind, url: one.url, ...wordsFor(one) }));

function wordsFor(one: UnrecordedConnection): Pick<Unrecorded, "title" | "text"> {
  switch (one.kind) {
    case "worker":
      return {
        title: "In a worker",
        text: "Opened in a worker, where the page can't see it. The browser's network layer reports its URL; nothing else is recorded. In Chrome and Edge, WebSockets of dedicated workers are recorded if DevTools (F12) is open before they connect; in Firefox, those of dedicated and shared workers if you switch that on in the settings.",
      };
    case "legacy":
      return {
        title: `ASP.NET SignalR 2.x${one.clientProtocol === null ? "" : `, protocol ${one.clientProtocol}`}`,
        text: "Not supported: a different product with a different protocol. Nothing is recorded.",
      };
  }
}
