/** Which server or proxy answered, from the headers that name it. The values are the server's: shown as they are. */

/** They name the request: with them it is found in the logs of servers and proxies. */
const REQUEST_ID_HEADERS: readonly string[] = [
  "x-request-id",
  "request-id",
  "x-correlation-id",
  "x-ms-request-id",
  "apim-request-id",
  "x-amzn-requestid",
  "x-amzn-trace-id",
  "x-cloud-trace-context",
  "traceparent",
  "traceresponse",
];

/** Lower case; what `webRequest` reports of them is kept. */
export const TELLING_HEADERS: readonly string[] = [
  "server",
  "via",
  "cf-ray",
  "x-azure-ref",
  "x-amz-cf-id",
  "x-cache",
  "x-served-by",
  ...REQUEST_ID_HEADERS,
];

/** For example "answered by Cloudflare (cf-ray 8f1-FRA)"; "" if nothing is known. */
export function answeredBy(headers: readonly string[]): string {
  const value = (name: string): string | undefined =>
    headers.find((header) => header.startsWith(`${name}: `))?.slice(name.length + 2);
  const server = value("server");
  const ray = value("cf-ray");
  const azure = value("x-azure-ref");
  const amazon = value("x-amz-cf-id");
  const via = value("via");
  const cache = value("x-cache");
  const by = value("x-served-by");
  const who =
    ray !== undefined
      ? `Cloudflare (ray ${ray})`
      : azure !== undefined
        ? `Azure Front Door (x-azure-ref ${azure})`
        : amazon !== undefined
          ? `Amazon CloudFront (x-amz-cf-id ${amazon})`
          : server;
  const also = [
    server !== undefined && server !== who && !/^cloudflare$/i.test(server) ? `server ${server}` : "",
    via === undefined ? "" : `via ${via}`,
    cache === undefined ? "" : `x-cache ${cache}`,
    by === undefined ? "" : `x-served-by ${by}`,
  ].filter(Boolean);
  if (who === undefined && also.length === 0) return "";
  return ["answered by", [who ?? "a proxy", ...also].join(", ")].join(" ");
}
