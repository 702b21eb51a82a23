/** How many messages are due: the rate is kept on average, however late the server's timer is. Pure. */
export interface Feed {
  /** When it began, in milliseconds. */
  readonly from: number;
  readonly perSecond: number;
  sent: number;
}

export const due = ({ from, perSecond, sent }: Feed, now: number): number =>
  Math.max(0, Math.floor(((now - from) / 1_000) * perSecond) - sent);
