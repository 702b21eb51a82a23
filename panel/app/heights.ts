/** How the height below the toolbar is divided. Pure. */

export interface Heights {
  /** Whether the overview is shown. It is the first to be hidden when there is little room. */
  readonly overview: boolean;
  /** Whether the timeline is shown above the tabs. */
  readonly timeline: boolean;
  /** Maximum height of the timeline. */
  readonly room: number;
  /** The timeline takes all of it, and the pane is one line. */
  readonly fills: boolean;
  /** Tall lanes are used if their total height stays below this. */
  readonly roomyBelow: number;
}

export interface HeightWishes {
  /** Height below toolbar and notices. */
  readonly height: number;
  /** There are no interruptions: the pane needs only one line. */
  readonly calm: boolean;
  /** null: if there is room for it. */
  readonly open: boolean | null;
  /** Height that the user gave the timeline. */
  readonly split: number | null;
}

const TABS = 28;
const OVERVIEW = 32;
/** One sentence. */
export const LINE = 28;
/** Minimum height for the overview. DevTools docked below a page open with about 250 px. */
const OVERVIEW_FROM = 272;
/** By default the timeline takes up to this share. */
const SHARE = 0.5;
/** Tall lanes are used if they need no more than this share. */
const ROOMY_SHARE = 0.4;
/** From this height on, lanes are always tall. */
const TALL = 772;
/** One connection with all its lanes at their minimum height. */
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
