/**
 * Hands one end of a private channel to the hook, before any page script runs. Which of the two scripts comes first is promised
 * nowhere, so both use a comment node, which only the hook leaves in the document; the hook's `channel.ts` tells why there.
 */
import { LAST_WORDS_EVENT, HANDSHAKE_NODE, PORT_EVENT } from "../../extension/messages/hook-relay.ts";

/**
 * @param lastWords hears the page's last events, as JSON text, before the page is gone
 * @returns the relay's end. Where no hook has come nobody gets the other one: a frame whose scripts are switched off (`sandbox`) has
 * this script in Chromium, but no hook, and whoever answered in its place would be the page around it.
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
 * Chromium runs content scripts in the manifest's order, the hook first. Firefox runs first what it has compiled first, and
 * tells whether the page's scripts are switched off; Chromium tells an extension's script that they are not.
 */
const hookMayFollow = (): boolean =>
  navigator.userAgent.includes("Firefox") && !matchMedia("(scripting: none)").matches;

/** Until the document has been read: by then a hook that will ever come has run. */
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
