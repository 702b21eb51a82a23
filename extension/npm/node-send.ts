/** The ports of a sender in Node. */
import { gzipSync } from "node:zlib";
import { isObject } from "../core/is-object.ts";
import { sleepWith } from "../core/scenarios/sleep.ts";
import { postWith } from "../otlp/send/post.ts";
import { NoAnswer, type SendPorts } from "../otlp/send/ports.ts";

/** @param gzip whether bodies are compressed */
export const nodeSendPorts = (gzip = false): SendPorts => ({
  post: postWith({
    fetch,
    explain,
    ...(gzip ? { compress: (body) => ({ encoding: "gzip", bytes: new Uint8Array(gzipSync(body)) }) } : {}),
  }),
  now: Date.now,
  random: Math.random,
  sleep: sleepWith({ set: setTimeout, clear: clearTimeout }),
});

const MAY_PASS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused: nothing listens there",
  ECONNRESET: "the connection was closed",
  UND_ERR_SOCKET: "the connection was closed",
  EPIPE: "the connection was closed",
  ETIMEDOUT: "no connection in time",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  EHOSTUNREACH: "there is no way to this host",
  ENETUNREACH: "there is no way to this host",
  EAI_AGAIN: "the host's address can't be looked up now",
};

const FINAL: Readonly<Record<string, string>> = {
  ENOTFOUND: "there is no such host",
  ERR_SSL_WRONG_VERSION_NUMBER: "it doesn't speak TLS: the address may have to begin with http://",
  EPROTO: "it doesn't speak TLS: the address may have to begin with http://",
};

/** Those of OpenSSL, as Node names them. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_TLS/;

/** `fetch` of Node says only "fetch failed"; what failed is in its cause. */
export function explain(error: unknown): NoAnswer {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = isObject(cause) && typeof cause["code"] === "string" ? cause["code"] : "";
  if (Object.hasOwn(FINAL, code)) return new NoAnswer(FINAL[code] ?? code, false);
  if (CERTIFICATE.test(code))
    return new NoAnswer(
      `its certificate isn't trusted (${code}); NODE_EXTRA_CA_CERTS names a file with more`,
      false,
    );
  // What came is no HTTP/1.1.
  if (code.startsWith("HPE_")) return new NoAnswer("what answers there doesn't speak HTTP/1.1", false);
  const message =
    cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error);
  // Ports that browsers keep for other protocols, and Node with them.
  if (message === "bad port") return new NoAnswer("HTTP isn't allowed on this port", false);
  return new NoAnswer(MAY_PASS[code] ?? message, true);
}
