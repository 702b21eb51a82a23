/**
 * Frames of every kind still work.
 * https://html.spec.whatwg.org/#the-iframe-element
 * https://html.spec.whatwg.org/#creating-browsing-contexts (the initial about:blank)
 */
import { type Checks, type Place } from "../check.ts";
import { answerOf } from "./frame-answer.ts";

/** Source text of a script for a frame: one echo over a socket, one request, and a description of the window. */
const PROBE = (socket: string): string => `
  (async () => {
    const ws = new WebSocket(${JSON.stringify(socket)});
    const event = (type) => new Promise((resolve) => ws.addEventListener(type, resolve, { once: true }));
    await event("open");
    ws.send("from a frame");
    const { data, isTrusted } = await event("message");
    ws.close(4000, "done");
    const { code } = await event("close");
    const page = [data, isTrusted, code, ws instanceof WebSocket, WebSocket.prototype.constructor === WebSocket,
      Object.getOwnPropertyNames(window).filter((name) => /hub/i.test(name))];
    return JSON.stringify({ page, hooked: "keepAliveIntervalInMilliseconds" in {} });
  })()`;

/** Which frames contain the hook, detected by the only trace that it leaves. */
const hooked: Record<string, boolean> = {};

interface Answer {
  readonly page: unknown;
  readonly hooked: boolean;
}

function note(name: string, { page, hooked: mark }: Answer): unknown {
  hooked[name] = mark;
  return page;
}

const load = (frame: HTMLIFrameElement): Promise<void> =>
  new Promise((resolve) => {
    frame.addEventListener(
      "load",
      () => {
        resolve();
      },
      { once: true },
    );
  });

/** Lets the frame's own script run the probe, and waits for its report. */
async function told(
  name: string,
  { socket }: Place,
  prepare: (frame: HTMLIFrameElement, script: string) => void,
): Promise<unknown> {
  const frame = document.createElement("iframe");
  const answer = answerOf(frame);
  const report = `${PROBE(socket)}.catch((error) => JSON.stringify(String(error))).then((text) => parent.postMessage(text, "*"))`;
  prepare(frame, `<!doctype html><title>frame</title><script>${report}</script>`);
  document.body.append(frame);
  const result = await answer;
  frame.remove();
  return note(name, result as Answer);
}

async function evaluated(name: string, frame: HTMLIFrameElement, { socket }: Place): Promise<unknown> {
  const { eval: evaluate } = frame.contentWindow as unknown as { eval: (code: string) => Promise<string> };
  return note(name, JSON.parse(await evaluate(PROBE(socket))) as Answer);
}

export const frames: Checks = {
  "about:blank, at once": async (place) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const result = await evaluated("about:blank, at once", frame, place);
    frame.remove();
    return result;
  },
  "about:blank, a moment later": async (place) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const result = await evaluated("about:blank, a moment later", frame, place);
    frame.remove();
    return result;
  },
  "document.write into about:blank": async (place) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    frame.contentDocument?.open();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- real pages use it
    frame.contentDocument?.write("<!doctype html><p id=written>written</p>");
    frame.contentDocument?.close();
    const written = frame.contentDocument?.getElementById("written")?.textContent;
    const result = await evaluated("document.write into about:blank", frame, place);
    frame.remove();
    return [written, result];
  },
  srcdoc: (place) =>
    told("srcdoc", place, (frame, html) => {
      frame.srcdoc = html;
    }),
  "srcdoc, sandboxed": (place) =>
    told("srcdoc, sandboxed", place, (frame, html) => {
      frame.sandbox.add("allow-scripts");
      frame.srcdoc = html;
    }),
  blob: (place) =>
    told("blob", place, (frame, html) => {
      frame.src = URL.createObjectURL(new Blob([html], { type: "text/html" }));
    }),
  data: (place) =>
    told("data", place, (frame, html) => {
      frame.src = `data:text/html,${encodeURIComponent(html)}`;
    }),
  "same origin": async (place) => {
    const frame = document.createElement("iframe");
    frame.src = "/blank";
    const loaded = load(frame);
    document.body.append(frame);
    await loaded;
    const result = await evaluated("same origin", frame, place);
    frame.remove();
    return result;
  },
  "navigated from one page to another": async (place) => {
    const frame = document.createElement("iframe");
    frame.src = "/blank?first";
    const first = load(frame);
    document.body.append(frame);
    await first;
    const second = load(frame);
    frame.src = "/blank?second";
    await second;
    const result = await evaluated("navigated from one page to another", frame, place);
    frame.remove();
    return [result, frame.src.endsWith("second")];
  },
  "sandboxed without scripts": async () => {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-same-origin");
    frame.srcdoc = "<p id=text>still</p><script>document.title = 'never'</script>";
    const loaded = load(frame);
    document.body.append(frame);
    await loaded;
    const seen = [frame.contentDocument?.title, frame.contentDocument?.getElementById("text")?.textContent];
    frame.remove();
    return seen;
  },
  "a window and its frame have constructors of their own": () => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const other = frame.contentWindow as unknown as typeof globalThis;
    const seen = [other.WebSocket === WebSocket, other.fetch === fetch, typeof other.WebSocket];
    frame.remove();
    return seen;
  },
  "a socket from the constructor of a frame that is gone": ({ socket }) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const { WebSocket: Other } = frame.contentWindow as unknown as typeof globalThis;
    frame.remove();
    try {
      const opened = new Other(socket);
      opened.close();
      return "opened";
    } catch (error) {
      return (error as Error).name;
    }
  },
  "which of them are hooked": () => hooked,
};
