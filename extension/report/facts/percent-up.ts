import { shareUp, type Uptime } from "../../core/model/availability.ts";

/** "99.2 %"; never 100 % if anything was missing, nor 0 % if anything was there. "–": not known. */
export function percentUp(uptime: Pick<Uptime, "up" | "down">): string {
  const share = shareUp(uptime);
  if (share === null) return "–";
  if (share === 0 || share === 1) return `${share * 100} %`;
  return `${Math.min(99.99, Math.max(0.01, Math.round(share * 10_000) / 100))} %`;
}
