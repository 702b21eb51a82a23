/**
 * Where content is shown, and what it can do there: the panel has a timeline to point at, a report has neither a timeline
 * nor a script. Components of this room take what they need of it from here, and nothing from the panel's state.
 */
import { createContext, type ComponentChildren, type FunctionComponent } from "preact";
import { useContext } from "preact/hooks";
import type { EpochMilliseconds } from "../../extension/core/units.ts";

export interface Medium {
  /** Until when what isn't over has lasted. */
  readonly now: EpochMilliseconds;
  /** A time of day; in the panel with the way to it on the timeline. */
  readonly Time: FunctionComponent<{ readonly t: EpochMilliseconds; readonly decimals?: 1 | 3 }>;
  /** Text of a page or a server: it may be of any length. */
  readonly LongText: FunctionComponent<{ readonly text: string }>;
  /** Words about calls; in the panel with the way to the list of calls. */
  readonly CallsLink: FunctionComponent<{ readonly children: ComponentChildren }>;
  /** A connection id, as long as there is room for it. */
  readonly idText: (id: string) => string;
  /** Called with the time of what the pointer is on. */
  readonly pointAt: ((t: EpochMilliseconds) => void) | undefined;
  /** Attempts in one table. An app that tries all day makes thousands; the first and the last are enough. */
  readonly maxAttempts: number;
  /** Levels of the headings of a card, and of its parts. */
  readonly headings: { readonly card: "h2" | "h3"; readonly part: "h3" | "h4" };
}

const MediumContext = createContext<Medium | null>(null);

export const MediumProvider = MediumContext.Provider;

/** Throws outside a `MediumProvider`. */
export function useMedium(): Medium {
  const medium = useContext(MediumContext);
  if (medium === null) throw new Error("content is shown outside a MediumProvider");
  return medium;
}
