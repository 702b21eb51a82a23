/** The network of a sender, made from `fetch`. */
import type { HttpAnswer, PostRequest } from "./ports.ts";
import { NoAnswer } from "./ports.ts";

/** What is read of an answer. */
const LONGEST_ANSWER = 65_536;

export interface PostOptions {
  readonly fetch: typeof globalThis.fetch;
  /** So that a request outlives its page. Browsers allow 64 KB of such in all. */
  readonly keepalive?: boolean;
  /** Makes a body smaller: its encoding, and its bytes. */
  readonly compress?: (body: string) => {
    readonly encoding: string;
    readonly bytes: Uint8Array<ArrayBuffer>;
  };
  /** Says what is behind an error of `fetch`, which itself says only that it failed. */
  readonly explain?: (error: unknown) => NoAnswer;
}

/** Redirects are not followed: the headers may have a secret for this collector only. */
export const postWith =
  ({ fetch, keepalive = false, compress, explain = unexplained }: PostOptions) =>
  async ({ url, headers, body, signal }: PostRequest): Promise<HttpAnswer> => {
    const packed = compress?.(body);
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: packed ? { ...headers, "content-encoding": packed.encoding } : headers,
        body: packed ? packed.bytes : body,
        ...{ signal, keepalive, redirect: "manual", credentials: "omit", cache: "no-store" },
      });
      return {
        status: answer.status,
        mediaType: answer.headers.get("content-type"),
        retryAfter: answer.headers.get("retry-after"),
        redirectsTo: originOf(answer.headers.get("location"), url),
        body: await beginningOf(answer.body),
      };
    } catch (error) {
      throw explain(error);
    }
  };

/** Of more, the path and the query may have a secret in them. */
function originOf(location: string | null, base: string): string | null {
  try {
    return location === null ? null : new URL(location, base).origin;
  } catch {
    return null;
  }
}

const unexplained = (error: unknown): NoAnswer =>
  new NoAnswer(error instanceof Error ? error.message : String(error), true);

async function beginningOf(stream: Response["body"]): Promise<string> {
  if (!stream) return "";
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (text.length < LONGEST_ANSWER) {
    const part = await reader.read();
    if (part.done) return text + decoder.decode();
    text += decoder.decode(part.value, { stream: true });
  }
  // What else comes isn't waited for.
  reader.cancel().catch(() => undefined);
  return text.slice(0, LONGEST_ANSWER);
}
