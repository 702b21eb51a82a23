/**
 * Hook and relay connect in every frame without a trace for the page: no node is left, and no node that the page creates gets
 * an answer. https://html.spec.whatwg.org/#sandboxing
 */
import type { Checks } from "../check.ts";

/** Attempts of a page: it listens to all existing nodes, and adds one of its own. */
function attack(root: Document): unknown {
  const ports: string[] = [];
  const nodes = [...root.childNodes].map(({ nodeName }) => nodeName);
  const bait = root.createComment("hubscope");
  for (const node of [...root.childNodes, bait]) {
    node.addEventListener("port", () => ports.push(node.nodeName));
  }
  root.append(bait);
  return new Promise((resolve) => {
    setTimeout(() => {
      const taken = bait.parentNode === null;
      bait.remove();
      resolve([nodes, ports, taken]);
    }, 50);
  });
}

/** Attacks a frame at once, and again when it is loaded. */
async function attacked(prepare: (frame: HTMLIFrameElement) => void): Promise<unknown> {
  const frame = document.createElement("iframe");
  prepare(frame);
  const loaded = new Promise((resolve) => {
    frame.addEventListener("load", resolve, { once: true });
  });
  document.body.append(frame);
  const first = frame.contentDocument && attack(frame.contentDocument);
  await loaded;
  const seen = [await first, frame.contentDocument && (await attack(frame.contentDocument))];
  frame.remove();
  return seen;
}

const HTML = "<!doctype html><title>frame</title><p>a frame";
const SANDBOXES = [
  "allow-same-origin",
  "allow-same-origin allow-scripts",
  "allow-same-origin allow-forms allow-popups",
];

export const handshake: Checks = {
  "this document": () => attack(document),
  "about:blank": () => attacked(() => undefined),
  "a page of this origin": () =>
    attacked((frame) => {
      frame.src = "/blank";
    }),
  srcdoc: () =>
    attacked((frame) => {
      frame.srcdoc = HTML;
    }),
  blob: () =>
    attacked((frame) => {
      frame.src = URL.createObjectURL(new Blob([HTML], { type: "text/html" }));
    }),
  "a javascript: address": () =>
    attacked((frame) => {
      frame.src = `javascript:'${HTML}'`;
    }),
  "document.open": async () => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const root = frame.contentDocument as Document;
    root.open();
    const open = await attack(root);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- real pages use it
    root.write(HTML);
    root.close();
    const seen = [open, await attack(root)];
    frame.remove();
    return seen;
  },
  ...Object.fromEntries(
    SANDBOXES.flatMap((flags) => [
      [
        `sandbox="${flags}", srcdoc`,
        () =>
          attacked((frame) => {
            frame.setAttribute("sandbox", flags);
            frame.srcdoc = HTML;
          }),
      ],
      [
        `sandbox="${flags}", a page`,
        () =>
          attacked((frame) => {
            frame.setAttribute("sandbox", flags);
            frame.src = "/blank";
          }),
      ],
    ]),
  ),
};
