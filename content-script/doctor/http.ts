/** The HTTP requests of the doctor's clients: by the browser's own fetch, so that the hook doesn't take them for the app's. */
import {
  AbortError,
  HttpClient,
  HttpError,
  HttpResponse,
  TimeoutError,
  type HttpRequest,
} from "@microsoft/signalr";
import { saysNegotiateVersion } from "../../extension/core/protocol/negotiate.ts";
import type { AppClient } from "./app-client.ts";
import { clearNativeTimeout, nativeFetch, nativeTimeout } from "../hook/shared-with-tools.ts";

/** A request that has ended. */
export interface SentRequest {
  readonly url: string;
  readonly method: string;
  /** null: no HTTP answer. */
  readonly status: number | null;
  /** When it is a text. */
  readonly body?: string;
}

export class DoctorHttpClient extends HttpClient {
  /** @param own is told of each negotiate before it is sent, `ended` of each request */
  constructor(
    private readonly own: (url: string) => void,
    private readonly ended: (request: SentRequest) => void = () => undefined,
  ) {
    super();
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { url = "", method = "GET", content, headers, abortSignal, timeout } = request;
    if (abortSignal?.aborted) throw new AbortError();
    const controller = new AbortController();
    let failure: Error | undefined;
    const abort = (error: Error): void => {
      failure = error;
      controller.abort();
    };
    if (abortSignal)
      abortSignal.onabort = () => {
        abort(new AbortError());
      };
    const timer = timeout
      ? nativeTimeout(() => {
          abort(new TimeoutError());
        }, timeout)
      : undefined;
    if (saysNegotiateVersion(url)) this.own(new URL(url, document.baseURI).href);
    let response: Response;
    try {
      response = await nativeFetch.call(window, url, {
        method,
        cache: "no-cache",
        credentials: request.withCredentials === false ? "same-origin" : "include",
        mode: "cors",
        redirect: "follow",
        signal: controller.signal,
        headers: {
          "X-Requested-With": "XMLHttpRequest",
          ...(content ? { "Content-Type": contentType(content) } : {}),
          ...headers,
        },
        ...(content ? { body: content } : {}),
      });
      const body =
        request.responseType === "arraybuffer" ? await response.arrayBuffer() : await response.text();
      const { status, statusText } = response;
      const text = typeof body === "string" ? { body } : {};
      this.ended({ url, method, status, ...text });
      if (!response.ok) throw new HttpError((text.body ?? "") || statusText, status);
      return new HttpResponse(status, statusText, body);
    } catch (error) {
      if (!(error instanceof HttpError)) this.ended({ url, method, status: null });
      throw failure ?? error;
    } finally {
      if (timer !== undefined) clearNativeTimeout(timer);
      if (abortSignal) abortSignal.onabort = null;
    }
  }
}

const contentType = (content: string | ArrayBuffer): string =>
  typeof content === "string" ? "text/plain;charset=UTF-8" : "application/octet-stream";

/** How the app's client would send a request about one of its connections, with this token. */
export const asTheApp = (
  { withCredentials, headers }: Pick<AppClient, "withCredentials" | "headers">,
  token: string | undefined,
  more: Readonly<Record<string, string>>,
): Pick<RequestInit, "cache" | "credentials"> & { readonly headers: Record<string, string> } => ({
  cache: "no-cache",
  credentials: withCredentials ? "include" : "same-origin",
  headers: { ...more, ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }), ...headers },
});
