/**
 * Gives one end of a private channel to the hook, before any page script runs. The order of the two scripts is not guaranteed,
 * so both use a comment node, which only the hook adds to the document; the hook's `channel.ts` explains why.
 */
import { LAST_WORDS_EVENT, HANDSHAKE_NODE, PORT_EVENT } from "../../extension/messages/hook-relay.ts";

/**
 * @param lastWords gets the page's last events, as JSON text, when the page is left
 * @returns the relay's end. Without a hook nobody gets the other end: in Chromium a frame without scripts (`sandbox`) has this
 * script but no hook, and only the embedding page could answer instead.
 */
export function shakeHands(lastWords: (text: string) => void): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const sendPort = (node: Comment): void => {
    node.remove();
    node.addEventListener(LAST_WORDS_EVENT, (event) => {
      const { data } = event as MessageEvent<unknown>;
      if (typeof data === "string") lastWords(data);
    });
    node.dispatchEvent(new MessageEvent(PORT_EVENT, { ports: [port2] }));
  };
  const last = document.lastChild;
  if (isHandshakeNode(last)) sendPort(last);
  else if (hookMayFollow()) waitForHook(sendPort);
  return port1;
}

const isHandshakeNode = (node: Node | null): node is Comment =>
  node instanceof Comment && node.data === HANDSHAKE_NODE;

/**
 * Chromium runs content scripts in the manifest's order, so the hook has already run. Firefox runs them in the order in which
 * they are compiled; there `(scripting: none)` shows whether the page's scripts are disabled. (In Chromium it never matches in
 * a content script.)
 */
const hookMayFollow = (): boolean =>
  navigator.userAgent.includes("Firefox") && !matchMedia("(scripting: none)").matches;

/** Waits until the document is parsed: by then the hook has run, if there is one. */
function waitForHook(onNode: (node: Comment) => void): void {
  const observer = new MutationObserver((records) => {
    const node = records.flatMap(({ addedNodes }) => [...addedNodes]).find(isHandshakeNode);
    if (!node) return;
    observer.disconnect();
    onNode(node);
  });
  observer.observe(document, { childList: true });
  document.addEventListener(
    "DOMContentLoaded",
    () => {
      observer.disconnect();
    },
    { once: true },
  );
}
