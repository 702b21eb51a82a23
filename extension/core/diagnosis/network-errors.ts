/**
 * The network errors of both browsers in plain words. Chromium names them `net::ERR_…`, Firefox `NS_ERROR_…`, and those of
 * certificates and TLS in a sentence. Measured names are in docs/browser-evidence.md.
 */
import type { ObstacleName } from "./verdict.ts";

interface NetworkError {
  readonly names: RegExp;
  readonly obstacle: ObstacleName;
  /** For evidence: what the browser says. */
  readonly words: string;
}

/** The first that fits. */
const NETWORK_ERRORS: readonly NetworkError[] = [
  {
    names: /ERR_CERT_|SEC_ERROR_|certificate|MOZILLA_PKIX/i,
    obstacle: "bad-certificate",
    words: "the browser does not trust the server's certificate",
  },
  {
    names: /ERR_SSL_|SSL_ERROR_|\bSSL\b|\bTLS\b|ERR_QUIC_/,
    obstacle: "tls-failed",
    words: "no secure connection: the TLS handshake failed",
  },
  {
    names: /(?<!UNEXPECTED_)PROXY|TUNNEL_CONNECTION_FAILED/,
    obstacle: "proxy-failed",
    words: "the browser's proxy could not be reached, or refused",
  },
  {
    names: /NAME_NOT_RESOLVED|UNKNOWN_HOST|ERR_DNS_/,
    obstacle: "name-not-resolved",
    words: "the host name could not be resolved",
  },
  {
    names: /CONNECTION_REFUSED/,
    obstacle: "connection-refused",
    words: "connection refused: nothing listens on that port",
  },
  {
    names: /UNSAFE_PORT|PORT_ACCESS_NOT_ALLOWED/,
    obstacle: "unsafe-port",
    words: "the browser never connects to that port",
  },
  {
    names: /LOCAL_NETWORK_ACCESS|PRIVATE_NETWORK_ACCESS/,
    obstacle: "local-network",
    words: "the page may not access the local network",
  },
  {
    names: /BLOCKED_BY_(?:CLIENT|ADMINISTRATOR)|NS_ERROR_BLOCKED_BY_POLICY/,
    obstacle: "blocked-by-client",
    words: "blocked in the browser, by an extension or a policy",
  },
  {
    names: /TOO_MANY_REDIRECTS|REDIRECT_LOOP/,
    obstacle: "redirect-loop",
    words: "redirected again and again",
  },
  {
    names: /NETWORK_CHANGED/,
    obstacle: "network-changed",
    words: "the computer's network changed",
  },
  {
    names: /INTERNET_DISCONNECTED|NS_ERROR_OFFLINE/,
    obstacle: "no-network",
    words: "the computer has no network",
  },
  {
    names: /TIMED_OUT|NET_TIMEOUT/,
    obstacle: "timed-out",
    words: "the connection timed out",
  },
  {
    names: /UNREACHABLE/,
    obstacle: "unreachable",
    words: "the address could not be reached",
  },
  {
    names:
      /CONNECTION_(?:RESET|CLOSED|ABORTED|FAILED)|NET_RESET|NET_INTERRUPT|NET_PARTIAL_TRANSFER|EMPTY_RESPONSE|CONTENT_LENGTH_MISMATCH|HTTP2_|INCOMPLETE_CHUNKED/,
    obstacle: "cut-while-connecting",
    words: "the connection was cut before an answer",
  },
];

/** undefined: not one of these. */
export const networkError = (error: string | null | undefined): NetworkError | undefined =>
  error === null || error === undefined ? undefined : NETWORK_ERRORS.find(({ names }) => names.test(error));

/** Chromium's error for what it doesn't name, and Firefox's after a preflight: of a request to another origin both mean CORS. */
export const mayBeCors = (error: string | undefined): boolean =>
  error !== undefined && /net::ERR_FAILED$|NS_ERROR_DOM_BAD_URI/.test(error);
