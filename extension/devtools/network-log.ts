/**
 * DevTools' network log, as Chromium has it. Not by the polyfill, whose `getContent` gives nothing there (seen in Chromium 156).
 */

interface Event<T> {
  addListener(listener: (value: T) => void): void;
}

interface Api {
  getHAR(callback: (log: unknown) => void): void;
  readonly onRequestFinished: Event<unknown>;
  readonly onNavigated: Event<string>;
}

const { chrome } = globalThis as unknown as {
  readonly chrome: { readonly devtools: { readonly network: Api } };
};

export const networkLog = {
  read: (): Promise<unknown> =>
    new Promise((resolve) => {
      chrome.devtools.network.getHAR(resolve);
    }),
  onFinished(listen: (request: unknown) => void): void {
    chrome.devtools.network.onRequestFinished.addListener(listen);
  },
  onNavigated(listen: () => void): void {
    chrome.devtools.network.onNavigated.addListener(listen);
  },
};

type GetContent = (callback: (text: unknown, encoding: unknown) => void) => void;

/** The body of a finished request's answer. */
export const contentOf = (request: unknown): Promise<readonly [text: unknown, encoding: unknown]> =>
  new Promise((resolve) => {
    (request as { readonly getContent: GetContent }).getContent((text, encoding) => {
      resolve([text, encoding]);
    });
  });
