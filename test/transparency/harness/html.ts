/** The documents of the test server, by the first part of their path. */

/** Runs before any other script of the page: listens for all kinds of events, and notes who calls the page's own methods. */
const WITNESS = `
  (() => {
    const received = [];
    const dispatched = [];
    window.witness = { received, dispatched };
    const types = new Set(["hubscope", "port", "last-words"]);
    for (const target of [window, document, HTMLElement.prototype])
      for (const name in target) if (name.startsWith("on")) types.add(name.slice(2));
    for (const type of types)
      for (const target of [window, document])
        target.addEventListener(type, (event) => received.push({ type: event.type, trusted: event.isTrusted }), true);
    const { dispatchEvent } = EventTarget.prototype;
    EventTarget.prototype.dispatchEvent = function (event) {
      if (/extension/.test(new Error().stack)) dispatched.push(event.type);
      return dispatchEvent.call(this, event);
    };
  })();`;

/** The page of a worker that runs checks. Each message is answered, in order. */
const IN_WORKER = `
  const query = new URLSearchParams(location.search);
  const script = "/worker.js?" + query.get("marker");
  const kind = query.get("kind");
  const worker = kind === "shared"
    ? new SharedWorker(script).port
    : new Worker(script, { type: kind === "module" ? "module" : "classic" });
  window.inWorker = (message) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message);
  });`;

export function html(name: string): { text: string; headers?: Record<string, string> } | undefined {
  switch (name) {
    case "":
      return {
        text: `<!doctype html><title>checks</title><script>${WITNESS}</script><script src="/main.js"></script><p>checks</p>`,
      };
    case "patched":
      return { text: '<!doctype html><title>patched</title><script src="/patched-page.js"></script>' };
    case "csp":
      return {
        text: '<!doctype html><title>strict</title><script src="/patched-page.js"></script>',
        headers: {
          "Content-Security-Policy":
            "default-src 'none'; script-src 'self'; connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*; require-trusted-types-for 'script'; trusted-types 'none'",
        },
      };
    case "worker":
      return { text: `<!doctype html><title>worker</title><script>${IN_WORKER}</script>` };
    case "blank":
      return { text: "<!doctype html><title>blank</title><p>blank</p>" };
    default:
      return name.startsWith("library-")
        ? { text: `<!doctype html><title>${name}</title><script src="/${name}.js"></script>` }
        : undefined;
  }
}
