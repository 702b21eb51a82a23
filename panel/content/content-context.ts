/**
 * What content can do where it is shown: in the panel it can point at the timeline, while the HTML report has no interactive
 * timeline and no scripts. Components of this folder use this context, and never the panel's state.
 */
import { createContext, type ComponentChildren, type FunctionComponent } from "preact";
import { useContext } from "preact/hooks";
import type { PageModel } from "../../extension/core/model/types.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";

export interface ContentContext {
  /** The current time, or the end of the recording: what is still going on has lasted until then. */
  readonly now: EpochMilliseconds;
  /** All pages of the recording. */
  readonly pages: readonly PageModel[];
  /** Shows a time of day; in the panel as a link that shows this time in the timeline. */
  readonly Time: FunctionComponent<{
    readonly t: EpochMilliseconds;
    readonly decimals?: 1 | 3;
    /** The hub connection that it belongs to, where that isn't the selected one. */
    readonly hubKey?: string;
  }>;
  /** Shows a text of a page or a server, which may be of any length. */
  readonly LongText: FunctionComponent<{ readonly text: string }>;
  /** Wraps a text about calls; in the panel it is a link to the list of calls. */
  readonly CallsLink: FunctionComponent<{ readonly children: ComponentChildren }>;
  /** Copies a text, where scripts run. */
  readonly Copy: FunctionComponent<{ readonly text: string; readonly label: string }>;
  /** A connection id, shortened where there is little room. */
  readonly idText: (id: string) => string;
  /** Called with the time of the row under the mouse pointer; undefined where there is no timeline to show it in. */
  readonly pointAt: ((t: EpochMilliseconds) => void) | undefined;
  /** How many attempts a table shows. An app that retries all day makes thousands; the first and the last are enough. */
  readonly maxAttempts: number;
  /** Whether tooltips can be read. Where they can't, as on paper, the meaning of an icon is written beside it. */
  readonly hasTooltips: boolean;
  /** Heading levels of a card and of its parts. */
  readonly headings: { readonly card: "h2" | "h3"; readonly part: "h3" | "h4" };
}

const Context = createContext<ContentContext | null>(null);

export const ContentProvider = Context.Provider;

/** Throws outside a `ContentProvider`. */
export function useContentContext(): ContentContext {
  const context = useContext(Context);
  if (context === null) throw new Error("content is shown outside a ContentProvider");
  return context;
}
