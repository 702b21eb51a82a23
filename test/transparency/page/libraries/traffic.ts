/** The same traffic for each library to observe: an ordinary request and a negotiate by fetch and by XHR, and a socket. */
import type { Place } from "../../check.ts";

/** Waits until the parent page sends the addresses of the servers, runs `watch`, and sends its result to the parent page. */
export function whenAsked(watch: (place: Place) => Promise<unknown>): void {
  window.addEventListener("message", ({ data, source }) => {
    if (source !== parent) return;
    // This page has another origin than its parent, so that data stored by a library doesn't disturb other checks.
    const place = { ...(data as Place), origin: location.origin };
    void watch(place)
      .catch((error: unknown) => String(error))
      .then((seen) => {
        parent.postMessage(seen, "*");
      });
  });
}

/** Which tracing headers a request had when it reached the server. */
type Traced = Readonly<Record<string, boolean>>;

export interface Traffic {
  readonly fetched: Traced;
  readonly negotiated: Traced;
  readonly sent: Traced;
  readonly echoed: string;
}

export async function traffic({ origin, socket }: Place): Promise<Traffic> {
  const url = `${origin}/answers/traced`;
  const fetched = (await (await fetch(url)).json()) as Traced;
  const post = await fetch(`${url}/negotiate?negotiateVersion=1`, { method: "POST" });
  const negotiated = (await post.json()) as Traced;
  return { fetched, negotiated, sent: await xhr(url), echoed: await echo(socket) };
}

const xhr = (url: string): Promise<Traced> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.onload = () => resolve(JSON.parse(request.responseText) as Traced);
    request.onerror = () => reject(new Error("the request failed"));
    request.open("GET", url);
    request.send();
  });

const echo = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.onopen = () => socket.send("there and back");
    socket.onerror = () => reject(new Error("the socket failed"));
    socket.onmessage = ({ data }) => {
      socket.close();
      resolve(data as string);
    };
  });

/** Waits until the library has reported so many things, as libraries report in later tasks. */
export async function atLeast(count: number, told: () => readonly string[]): Promise<readonly string[]> {
  for (let i = 0; i < 100 && told().length < count; i++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return [...told()].sort();
}
