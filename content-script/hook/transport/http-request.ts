/** What the patches of `fetch` and `XMLHttpRequest` report about one request of the page, and what they have to do with it. */

export interface HttpRequest {
  readonly api: "fetch" | "xhr";
  /** As the page passed it: may be relative. */
  readonly url: string;
  /** In upper case. */
  readonly method: string;
  readonly body: unknown;
  header(name: string): string | null;
}

export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  header(name: string): string | null;
  /** The final address after redirects. undefined: the requested one. */
  readonly answeredBy: string | undefined;
  /** The answer was created in the browser, by a service worker or by a fault, and didn't come from the network. */
  readonly made: boolean;
}

/** For an event: true if a service worker of the page created the answer. */
export const byServiceWorker = ({ made }: HttpAnswer, fault: number | undefined): true | undefined =>
  made && !fault ? true : undefined;

export interface HttpWatch {
  /** With a fault: the request waits until this settles, with the outcome. */
  readonly before?: Promise<Outcome> | undefined;
  /** How the body has to be read, if at all. The page can wait for a short text: pages don't stream these. */
  reads(answer: HttpAnswer): "text" | "short text" | "bytes" | undefined;
  /**
   * Called before the page gets the answer.
   * @param body "" if it wasn't or couldn't be read
   */
  answered(answer: HttpAnswer, body: string | ArrayBuffer): void;
  failed(error: unknown): void;
  /** With a fault: the page gets the end only when this resolves. Called after `answered` or `failed`. */
  hold(): Promise<void> | undefined;
  /** Receives the control with which a fault can end the request instead of the network. */
  readonly takes?: (control: HttpControl) => void;
}

/**
 * undefined: the request is sent unchanged. null: it fails as without a network. Otherwise it is sent with another body, or
 * gets this answer instead of the server's.
 */
export type Outcome = undefined | null | { readonly body: string | ArrayBuffer } | StandInAnswer;

/** An answer in place of the server's. */
export interface StandInAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface HttpControl {
  /** The request fails for the page. A later answer to the real request is ignored. */
  fail(): void;
  /** The page gets this answer. */
  answer(data: string | ArrayBuffer): void;
  /** Aborts the real request. */
  abort(): void;
}

/** The error with which this browser's fetch rejects without a network. */
export const networkError = (): TypeError =>
  new TypeError(
    navigator.userAgent.includes("Firefox")
      ? "NetworkError when attempting to fetch resource."
      : "Failed to fetch",
  );
