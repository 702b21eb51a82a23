/**
 * Event streams and polls: a page never sees why an event stream was refused, nor why a request failed. An address with `id` in
 * its query is common on the web, so only those of hubs that have negotiated are listened to, for the rest of the browser
 * session: the background isn't started for any other.
 */
import browser, { type WebRequest } from "webextension-polyfill";
import type { Ended } from "./network-note.ts";

const MAX_HUBS = 20;

/** What ends the listeners of each address pattern, oldest first. */
const listeners = new Map<string, () => void>();

/** Call with the address of each negotiate. */
export function listenForTransports(negotiate: string, report: (details: Ended) => void): void {
  const patterns = patternsOf(negotiate);
  const [key] = patterns;
  if (key === undefined || listeners.has(key)) return;
  try {
    listeners.set(key, listen(patterns, report));
  } catch {
    return; // a pattern that this browser rejects
  }
  const [oldest, end] = [...listeners][0] ?? [];
  if (listeners.size > MAX_HUBS && oldest !== undefined) {
    listeners.delete(oldest);
    end?.();
  }
}

/** Without the port, which Firefox allows in no pattern. */
function patternsOf(negotiate: string): string[] {
  if (!URL.canParse(negotiate)) return [];
  const { protocol, hostname, pathname } = new URL(negotiate);
  // The address comes from the page: it must not be a pattern itself.
  if (!/^https?:$/.test(protocol) || !/^[\w.:[\]-]+$/.test(hostname) || pathname.includes("*")) return [];
  const hub = `${protocol}//${hostname}${pathname.replace(/\/negotiate$/, "")}`;
  return [`${hub}?id=*`, `${hub}?*&id=*`];
}

function listen(urls: string[], report: (details: Ended) => void): () => void {
  const filter: WebRequest.RequestFilter = { urls, types: ["xmlhttprequest"] };
  const { onHeadersReceived, onErrorOccurred } = browser.webRequest;
  // The page sees the status of any other request itself.
  const answered = (details: Ended & { readonly statusCode?: number }): void => {
    if (details.method === "GET" && (details.statusCode ?? 0) >= 300) report(details);
  };
  const failed = (details: Ended): void => {
    if (details.method === "GET" && details.error !== undefined && !isByPage(details.error)) report(details);
  };
  onHeadersReceived.addListener(answered, filter, ["responseHeaders"]);
  onErrorOccurred.addListener(failed, filter);
  return () => {
    onHeadersReceived.removeListener(answered);
    onErrorOccurred.removeListener(failed);
  };
}

/** The page or the browser itself has ended the request. */
const isByPage = (error: string): boolean => /ERR_ABORTED|NS_BINDING_ABORTED|NS_ERROR_ABORT\b/.test(error);
