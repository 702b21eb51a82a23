import type { StandInAnswer } from "../hook/transport/http-request.ts";

/** Texts that ASP.NET Core and Azure send with a status; the client includes them in its errors. */
const WORDS: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

export const refusal = (status: number, retryAfter?: number): StandInAnswer => ({
  status,
  statusText: WORDS[status] ?? "",
  headers: retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) },
  text: "",
});
