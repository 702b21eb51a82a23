/** What is wrong with something that was written by hand, and where: `at` is a path such as `steps[2].fault.duration`. */
export interface Problem {
  readonly at: string;
  /** Goes on after the path: "is a number of …". */
  readonly say: string;
}

/** As one sentence. */
export const sentence = ({ at, say }: Problem): string => (at === "" ? say : `${at} ${say}`);

const LONGEST_QUOTE = 60;

/** A value as it is told back; cut, as it may be anything. */
export function quote(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value);
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : Array.isArray(value) ? "a list" : "an object";
    case "bigint":
    case "function":
    case "symbol":
      return `a ${typeof value}`;
  }
}

/** A number as it is written for people. */
export const grouped = (value: number): string => {
  const [whole = "", fraction] = String(value).split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
};
