import { shareUp, type Uptime } from "../../core/model/availability.ts";

/** "–": not known. */
export function percentUp(uptime: Pick<Uptime, "up" | "down">): string {
  const share = shareUp(uptime);
  return share === null ? "–" : percentOf(share);
}

/** "99.2 %"; never 100 % if anything was missing, nor 0 % if anything was there. */
export function percentOf(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  return `${Math.min(99.99, Math.max(0.01, Math.round(share * 10_000) / 100))} %`;
}
