/**
 * The other half of the sentinel, in the extension's own world of every frame: it waits for the sentinel's call, and then asks the
 * background for relay and hook. Nothing of the browser's extension API is touched before, as that alone would cost every
 * page a part of a millisecond.
 *
 * The events between the two have a type that no page script can know, as both exchange it before any page script runs.
 */
import type { Runtime } from "webextension-polyfill";
import type { LoadHook } from "../../extension/messages/extension.ts";
import { HERE_EVENT, SECRET_EVENT, type Wake } from "../../extension/messages/sentinel-wake.ts";
import type { Milliseconds } from "../../extension/core/units.ts";

/** Doubled after each try: a worker that is stopped at the wrong moment may leave a message without an answer. */
const FIRST_RETRY: Milliseconds = 1_000;
const MAX_TRIES = 6;

const target: EventTarget = performance;
type Api = Pick<Runtime.Static, "id" | "sendMessage">;

const secret = Math.random().toString(36);
let port: MessagePort | undefined;

const wake: Wake = {
  open() {
    if (port) return port;
    const { port1, port2 } = new MessageChannel();
    port = port1;
    target.dispatchEvent(new MessageEvent(secret, { ports: [port2] }));
    return port;
  },
};
globalThis.hubscope = wake;

target.addEventListener(secret, (event) => {
  const { data, ports } = event as Partial<MessageEvent<unknown>>;
  if (typeof data === "string") wake.hearLast?.(data);
  else if (!ports?.length && api()) {
    event.preventDefault();
    wake.open();
    load(0);
  }
});

/** @returns whether the sentinel has taken the secret */
const tell = (): boolean =>
  !target.dispatchEvent(new CustomEvent(SECRET_EVENT, { detail: secret, cancelable: true }));

// Chromium runs content scripts in order, so the sentinel is there. Firefox runs them in the order in which they are compiled.
if (!tell())
  target.addEventListener(
    HERE_EVENT,
    () => {
      tell();
    },
    { once: true },
  );

function load(tries: number): void {
  if (tries >= MAX_TRIES) return;
  const retry = setTimeout(load, FIRST_RETRY * 2 ** tries, tries + 1);
  const message: LoadHook = { to: "background", type: "load-hook" };
  api()
    ?.sendMessage(message)
    .then(
      (loaded) => {
        if (loaded) clearTimeout(retry);
      },
      () => undefined, // tried again
    );
}

/**
 * undefined once the extension was reloaded, updated, disabled or removed: content scripts stay in the page without it. Chromium
 * has no `browser`; a page element with that id isn't visible in the isolated world.
 */
function api(): Api | undefined {
  const scope = globalThis as unknown as Partial<Record<"browser" | "chrome", { runtime?: Api }>>;
  try {
    const runtime = (scope.browser ?? scope.chrome)?.runtime;
    return runtime?.id ? runtime : undefined;
  } catch {
    return undefined; // "Extension context invalidated."
  }
}
