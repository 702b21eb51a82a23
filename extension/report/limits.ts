/** How much of everything an HTML report shows: a recording of thousands must stay a file that a browser opens. */
import { counted } from "../core/text/format.ts";

export const MOST = {
  /** Interruptions with a card: the longest ones. */
  cards: 40,
  /** Interruptions in the table of all, where not all have a card. */
  troubleRows: 300,
  findings: 60,
  /** Hub connections on the timeline, and those with a section of their own. */
  lanes: 24,
  hubs: 24,
  /** Rows of tables with one for each hub connection, page or fault. */
  rows: 60,
  logRows: 80,
  /** Characters of one text of a page or a server. */
  text: 2_000,
} as const;

/** "3 more connections, not shown"; null if all are. */
export const notShown = (all: number, most: number, one: string, many?: string): string | null =>
  all > most
    ? `${counted(all - most, `more ${one}`, many === undefined ? undefined : `more ${many}`)}, not shown`
    : null;
