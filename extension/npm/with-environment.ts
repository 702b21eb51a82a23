/** Headers from the environment: what a test's configuration says, Playwright writes into its reports. */
import type { SendOptions } from "../../content-script/page-build/api.ts";
import { readHeaderList } from "../otlp/send/headers.ts";

const HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";

/** @returns `problem`: a sentence, without any value */
export function withEnvironment(
  options: SendOptions,
  env: Readonly<Record<string, string | undefined>>,
): { readonly options: SendOptions; readonly problem: string | null } {
  if (options.headers !== undefined) return { options, problem: null };
  const headers = readHeaderList(env[HEADERS] ?? "");
  return typeof headers === "string"
    ? { options, problem: `${HEADERS} is ignored: ${headers}.` }
    : { options: { ...options, headers }, problem: null };
}
