/** What the hooks of `fetch` and `XMLHttpRequest` say about one request of the page, and what they are told to do with it. */

export interface HttpRequest {
  readonly api: "fetch" | "xhr";
  /** As the page gave it, maybe relative. */
  readonly url: string;
  /** In capitals. */
  readonly method: string;
  readonly body: unknown;
  header(name: string): string | null;
}

export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  header(name: string): string | null;
  /** The address that answered. undefined: the one that was asked. */
  readonly answeredBy: string | undefined;
  /** The answer was made in the page, by a service worker (or by a fault of ours), and didn't come from the network. */
  readonly made: boolean;
}

/** For an event: true where a service worker of the page made the answer. */
export const byServiceWorker = ({ made }: HttpAnswer, fault: number | undefined): true | undefined =>
  made && !fault ? true : undefined;

export interface HttpWatch {
  /** Under a fault: settles before the request may be sent, and says what becomes of it. */
  readonly before?: Promise<Outcome> | undefined;
  /** How the body is to be read, if at all. A short text may be waited for: nobody reads it piece by piece. */
  reads(answer: HttpAnswer): "text" | "short text" | "bytes" | undefined;
  /** Called before the page knows. @param body "" unless it was to be read, and could be */
  answered(answer: HttpAnswer, body: string | ArrayBuffer): void;
  failed(error: unknown): void;
  /** Under a fault: the page hears of the end only when this resolves. Asked after `answered` or `failed`. */
  hold(): Promise<void> | undefined;
  /** Takes the means to end the request in the network's place. */
  readonly takes?: (control: HttpControl) => void;
}

/** undefined: it is sent as it is. null: the network fails. Or with another body, or answered in the server's place. */
export type Outcome = undefined | null | { readonly body: string | ArrayBuffer } | StandInAnswer;

/** As a server would have answered. */
export interface StandInAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface HttpControl {
  /** To the page the network failed. What the real request still brings stays unheard. */
  fail(): void;
  /** The page gets this answer. */
  answer(data: string | ArrayBuffer): void;
  /** Aborts the real request. */
  abort(): void;
}

/** Whether anything about this address could be SignalR's: all that most requests of a page are asked. */
export const couldBeSignalR = (url: string): boolean => url.includes("id=") || url.includes("/negotiate");

/** What this browser's fetch gives when there is no network. */
export const networkError = (): TypeError =>
  new TypeError(
    navigator.userAgent.includes("Firefox")
      ? "NetworkError when attempting to fetch resource."
      : "Failed to fetch",
  );
