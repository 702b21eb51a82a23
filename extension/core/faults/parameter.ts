/**
 * The parameters of a fault as data: their type, their check, their field in a form and their JSON schema all come from one
 * table. Only literals, so that a bundle that only needs a fault's title doesn't contain its table.
 */
import type { Milliseconds } from "../units.ts";

interface Labelled {
  /** Its label in a form. */
  readonly label: string;
  /** It is optional; the text says what happens without it. */
  readonly optional?: string;
}

export type Parameter =
  /** Milliseconds above 0, at most `max` or LONGEST_FAULT. */
  | (Labelled & { readonly kind: "duration"; readonly default?: Milliseconds; readonly max?: Milliseconds })
  /** Milliseconds from 0, at most LONGEST_DELAY. */
  | (Labelled & { readonly kind: "delay"; readonly default?: Milliseconds })
  | (Labelled & { readonly kind: "direction"; readonly default: FlowDirection })
  | (Labelled & {
      readonly kind: "whole";
      readonly unit?: string;
      readonly min: number;
      readonly max: number;
      readonly default?: number;
    })
  /** 0 to 1. */
  | (Labelled & { readonly kind: "probability"; readonly default: number })
  | (Labelled & {
      readonly kind: "choice";
      readonly of: readonly { readonly value: number; readonly label: string }[];
      readonly default: number;
    })
  | (Labelled & { readonly kind: "close-code"; readonly default: number })
  | (Labelled & { readonly kind: "flag"; readonly default: boolean })
  | (Labelled & { readonly kind: "text"; readonly max: number; readonly counted: "characters" | "bytes" })
  /** Numbers of SignalR's message types, each once. */
  | (Labelled & { readonly kind: "message-types" });

export type ParameterTable = Readonly<Record<string, Parameter>>;

/** "in" is server to client, "out" is client to server. */
export type FlowDirection = "both" | "in" | "out";

export type ValueOf<P> = P extends { kind: "direction" }
  ? FlowDirection
  : P extends { kind: "choice"; of: readonly { value: infer V }[] }
    ? V
    : P extends { kind: "flag" }
      ? boolean
      : P extends { kind: "text" }
        ? string
        : P extends { kind: "message-types" }
          ? readonly number[]
          : number;

/** The parameters of a command, by that table. */
export type ValuesOf<T> = {
  readonly [K in keyof T as T[K] extends { optional: string } ? never : K]: ValueOf<T[K]>;
} & {
  readonly [K in keyof T as T[K] extends { optional: string } ? K : never]?: ValueOf<T[K]>;
};
