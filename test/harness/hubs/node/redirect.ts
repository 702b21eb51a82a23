import type { IncomingMessage } from "node:http";
import { servicePath } from "./hub-endpoints.ts";
import { positive } from "./hub-options.ts";
import { createTestToken } from "./test-token.ts";

const path = "/hubs/redirected";
const tokenLifetimeMilliseconds = 60 * 60_000;

export function isRedirect(hubPath: string): boolean {
  return hubPath === path;
}

/** Redirects the client to the address of a (simulated) service, with a token for it, as apps with Azure SignalR Service do. */
export function redirectResponse(
  { headers }: IncomingMessage,
  query: URLSearchParams,
): { url: string; [field: string]: unknown } {
  const audience = `http://${headers.host ?? ""}${servicePath}/?hub=board`;
  const rest = query.size > 0 ? `&${query.toString()}` : "";
  const lifetime = positive(query, "tokenLifetime") ?? tokenLifetimeMilliseconds;
  return {
    negotiateVersion: 0,
    url: `${audience}&asrs.op=${encodeURIComponent(path)}${rest}`,
    accessToken: createTestToken({ aud: audience, exp: (Date.now() + lifetime) / 1_000 }),
    availableTransports: [],
  };
}
