/**
 * `hubscope.d.ts`, the types of the script for tests: those of `content-script/page-build/api.ts`, and each fault with its parameters,
 * written out of the tables of the faults.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isPageFault } from "../content-script/page-build/fault.ts";
import type { FaultDetails } from "../extension/core/faults/fault-details.ts";
import { valueInWords } from "../extension/core/faults/guide.ts";
import type { Parameter } from "../extension/core/faults/parameter.ts";
import { FAULT_DETAILS, type FaultName } from "../extension/core/faults/vocabulary.ts";
import { projectRoot } from "./paths.ts";

const API = path.join(projectRoot, "content-script/page-build/api.ts");
/** The only thing there that a file which is copied elsewhere can't import. */
const FAULT_IMPORT = 'import type { Fault } from "./fault.ts";\n\n';

export async function pageTypes(): Promise<string> {
  const api = await readFile(API, "utf8");
  if (!api.includes(FAULT_IMPORT)) throw new Error(`${API} has no ${FAULT_IMPORT.trim()}`);
  return `${api.replace(FAULT_IMPORT, "")}\n${faultTypes()}`;
}

function faultTypes(): string {
  const names = (Object.keys(FAULT_DETAILS) as FaultName[]).filter(isPageFault);
  return `/** docs/faults.md tells more about each of them. Times are in milliseconds. */
export type Fault =${names.map(faultType).join("")};

export type FaultName = Fault["name"];

/** A connection is known by the number of its socket in the recording, a hub by its address without a query. */
export type FaultTarget =
  | { readonly scope: "page" }
  | { readonly scope: "connection"; readonly socket: number }
  | { readonly scope: "hub"; readonly url: string }
  | { readonly scope: "share"; readonly percent: number; readonly seed: number };
`;
}

function faultType(name: FaultName): string {
  const { description, scopes, parameters }: FaultDetails = FAULT_DETAILS[name];
  const union = scopes.map((scope) => `"${scope}"`).join(" | ");
  return `
  /** ${description} */
  | {
      readonly name: "${name}";
      /** The whole page when absent. */
      readonly target?: Extract<FaultTarget, { readonly scope: ${union} }>;
${Object.entries(parameters).map(parameterType).join("")}    }`;
}

const parameterType = ([key, parameter]: [string, Parameter]): string => {
  const [mark, otherwise] =
    parameter.optional === undefined ? ["", ""] : ["?", `; if omitted: ${parameter.optional}`];
  return `      /** ${parameter.label}: ${valueInWords(parameter)}${otherwise}. */
      readonly ${key}${mark}: ${valueType(parameter)};
`;
};

function valueType(parameter: Parameter): string {
  switch (parameter.kind) {
    case "direction":
      return '"both" | "in" | "out"';
    case "choice":
      return parameter.of.map(({ value }) => value).join(" | ");
    case "flag":
      return "boolean";
    case "text":
      return "string";
    case "message-types":
      return "readonly number[]";
    case "duration":
    case "delay":
    case "whole":
    case "probability":
    case "close-code":
      return "number";
  }
}
