import type { Settings } from "../core/settings.ts";
import type { Site } from "./site.ts";

export interface Headline {
  readonly text: string;
  /** With a green dot. */
  readonly live: boolean;
}

/** While recording is off, the last known connections may no longer exist. */
export function headline(
  { connections }: Pick<Site, "connections">,
  { recording }: Pick<Settings, "recording">,
): Headline {
  if (!recording) return { text: "Recording is off: connections are not counted", live: false };
  if (connections === 0) return { text: "No SignalR connection on this page", live: false };
  const word = connections === 1 ? "connection" : "connections";
  return { text: `${connections} SignalR ${word} on this page`, live: true };
}
