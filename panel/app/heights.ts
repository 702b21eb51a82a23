/** How the panel's height is shared out below the toolbar. Pure. */

export interface Heights {
  /** The strip of the whole recording: where little is left it goes first, as the timeline shows as much. */
  readonly overview: boolean;
  /** The timeline is above the tabs. */
  readonly timeline: boolean;
  /** The most that it may take. */
  readonly room: number;
  /** It takes all of that, and the pane is one line. */
  readonly fills: boolean;
  /** Lanes may be tall where they stay below. */
  readonly roomyBelow: number;
}

export interface HeightWishes {
  /** Below toolbar and notices. */
  readonly height: number;
  /** Nothing was interrupted: the pane has one sentence to say. */
  readonly calm: boolean;
  /** null: where there is room for it. */
  readonly open: boolean | null;
  /** Height that the user gave the timeline. */
  readonly split: number | null;
}

const TABS = 28;
const OVERVIEW = 32;
/** One sentence. */
export const LINE = 28;
/** Below this there is no room for the overview: DevTools open below a page with about 250 px. */
const OVERVIEW_FROM = 272;
/** The timeline takes up to half unless the user says otherwise. */
const SHARE = 0.5;
/** Lanes are tall where that leaves most to the rest. */
const ROOMY_SHARE = 0.4;
/** From here on they always are. */
const TALL = 772;
/** One connection with all its lanes, as low as they go. */
const MIN_TIMELINE = 124;
const MIN_PANE = 44;

export function shareHeight({ height, calm, open, split }: HeightWishes): Heights {
  const overview = height >= OVERVIEW_FROM;
  const rest = height - TABS - (overview ? OVERVIEW : 0);
  if (calm && open !== false && split === null) {
    const room = Math.max(0, rest - LINE);
    return { overview, timeline: true, room, fills: true, roomyBelow: room };
  }
  const max = Math.max(0, rest - MIN_PANE);
  const own = Math.max(Math.round(height * SHARE), MIN_TIMELINE);
  const room = Math.min(max, split === null ? own : Math.max(MIN_PANE, split));
  return {
    overview,
    timeline: open !== false,
    room,
    fills: split !== null,
    roomyBelow: split === null && height < TALL ? Math.round(height * ROOMY_SHARE) : room,
  };
}
