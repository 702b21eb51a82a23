/** Where to send and what, as a program says it: checked before anything is done. */
import { isObject } from "../../core/is-object.ts";
import { quote } from "../../core/faults/problem.ts";
import type { OtlpSignal } from "../types.ts";
import { readEndpoint, type Endpoint } from "./endpoint.ts";
import { checkHeaders, type ReadHeaders } from "./headers.ts";

export interface SendOrder {
  readonly endpoint: Endpoint;
  readonly headers: ReadHeaders;
  readonly signals: readonly OtlpSignal[];
  readonly service?: string;
}

export const SIGNALS: readonly OtlpSignal[] = ["traces", "logs", "metrics"];
const KNOWN = ["endpoint", "headers", "signals", "service"];

/** @returns a text: what is wrong with it. It has no value of a header in it. */
export function readSendOrder(value: unknown): SendOrder | string {
  if (!isObject(value)) return `the options are an object, such as { endpoint: "http://localhost:4318" }`;
  const unknown = Object.keys(value).find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) return `there is no option ${quote(unknown)}, only ${KNOWN.join(", ")}`;
  const { endpoint: address, headers: given = {}, signals = SIGNALS, service } = value;
  const endpoint = typeof address === "string" ? readEndpoint(address) : "it must be a text";
  if (typeof endpoint === "string") return `endpoint: ${endpoint}`;
  if (!isTexts(given)) return "headers: an object whose values are texts";
  const headers = checkHeaders(given);
  if (typeof headers === "string") return `headers: ${headers}`;
  const named: readonly unknown[] = Array.isArray(signals) ? signals : [signals];
  const unsent = named.find((one) => !SIGNALS.some((signal) => signal === one));
  if (unsent !== undefined) return `signals: a list of ${SIGNALS.join(", ")}, not ${quote(unsent)}`;
  if (service !== undefined && (typeof service !== "string" || service === ""))
    return "service: a name, which isn't empty";
  return {
    ...{ endpoint, headers },
    signals: SIGNALS.filter((signal) => named.includes(signal)),
    ...(service === undefined ? {} : { service }),
  };
}

const isTexts = (value: unknown): value is ReadHeaders =>
  isObject(value) && Object.values(value).every((one) => typeof one === "string");
