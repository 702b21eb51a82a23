import { notShown } from "./limits.ts";

interface Props {
  readonly all: number;
  readonly most: number;
  readonly one: string;
  readonly many?: string;
}

/** A line that says how many more there are; nothing if there are none. */
export function NotShown({ all, most, one, many }: Props) {
  const left = notShown(all, most, one, many);
  return left === null ? null : <p class="soft">{left}</p>;
}
