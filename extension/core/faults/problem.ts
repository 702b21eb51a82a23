/** What is wrong with input that a person wrote, and where: `at` is a path such as `steps[2].fault.duration`. */
export interface Problem {
  readonly at: string;
  /** The rest of the sentence after the path: "is a number of …". */
  readonly say: string;
}

/** As one sentence. */
export const sentence = ({ at, say }: Problem): string => (at === "" ? say : `${at} ${say}`);

const LONGEST_QUOTE = 60;

/** A value as shown in a message; shortened, as it may be anything. */
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

/** A number with separators for readability. */
export const grouped = (value: number): string => {
  const [whole = "", fraction] = String(value).split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
};
