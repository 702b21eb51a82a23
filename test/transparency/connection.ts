/** A negotiated connection to the hub: the hook records and may change requests with its address. */
import type { Place } from "./check.ts";

const RS = "\x1e";
export const HANDSHAKE = `{"protocol":"json","version":1}${RS}`;

export async function negotiate({ hub }: Place): Promise<string> {
  const response = await fetch(`${hub}/negotiate?negotiateVersion=1`, { method: "POST" });
  const { connectionToken } = (await response.json()) as { connectionToken: string };
  return `${hub}?id=${connectionToken}`;
}
