import { LONGEST_DELAY, LONGEST_FAULT } from "./limits.ts";
import type { Parameter } from "./parameter.ts";
import { grouped } from "./problem.ts";

/** @returns what the value must be, if it isn't: "is …" */
export function checkParameter(parameter: Parameter, value: unknown): string | null {
  switch (parameter.kind) {
    case "duration": {
      const max = parameter.max ?? LONGEST_FAULT;
      return isNumber(value) && value > 0 && value <= max
        ? null
        : `is a number of milliseconds above 0 and at most ${grouped(max)}`;
    }
    case "delay":
      return isNumber(value) && value >= 0 && value <= LONGEST_DELAY
        ? null
        : `is a number of milliseconds from 0 to ${grouped(LONGEST_DELAY)}`;
    case "direction":
      return value === "both" || value === "in" || value === "out" ? null : 'is "both", "in" or "out"';
    case "whole": {
      const { min, max } = parameter;
      return Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
        ? null
        : `is a whole number from ${grouped(min)} to ${grouped(max)}`;
    }
    case "probability":
      return isNumber(value) && value >= 0 && value <= 1 ? null : "is a number from 0 to 1";
    case "choice":
      return parameter.of.some((one) => one.value === value)
        ? null
        : `is ${oneOf(parameter.of.map((one) => one.value))}`;
    case "close-code":
      return isCloseCode(value) ? null : `is a close code: ${CLOSE_CODES_IN_WORDS}`;
    case "flag":
      return typeof value === "boolean" ? null : "is true or false";
    case "text": {
      const { max, counted } = parameter;
      if (typeof value !== "string") return `is a text of at most ${grouped(max)} ${counted}`;
      const length = counted === "bytes" ? new TextEncoder().encode(value).length : value.length;
      return length <= max
        ? null
        : `is a text of at most ${grouped(max)} ${counted}, and this has ${grouped(length)}`;
    }
    case "message-types":
      return Array.isArray(value) && value.length > 0 && isSet(value) && value.every(isMessageType)
        ? null
        : "is a list of SignalR's message types, each from 1 to 9 and only once";
  }
}

/** Codes that a CloseEvent can have: assigned ones, and those for libraries and apps. */
export const CLOSE_CODES = [
  { min: 1000, max: 1003 },
  { min: 1005, max: 1015 },
  { min: 3000, max: 4999 },
] as const;
const CLOSE_CODES_IN_WORDS = "1000 to 1003, 1005 to 1015, or 3000 to 4999";

function isCloseCode(value: unknown): boolean {
  return (
    Number.isSafeInteger(value) &&
    CLOSE_CODES.some(({ min, max }) => (value as number) >= min && (value as number) <= max)
  );
}

/** The browser sets these when there was no close frame, or one without a code: so there can be no reason. */
export const WITHOUT_REASON: readonly number[] = [1005, 1006, 1015];

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isSet = (list: readonly unknown[]): boolean => new Set(list).size === list.length;
const isMessageType = (value: unknown): boolean =>
  Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= 9;

const oneOf = (values: readonly number[]): string =>
  values.length < 2 ? values.join() : `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;
