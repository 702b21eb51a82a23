import type { ComponentChildren } from "preact";
import { useMedium } from "./medium.ts";

/** The heading of a part of a card. */
export function PartHeading({ children }: { children: ComponentChildren }) {
  const { part: Part } = useMedium().headings;
  return <Part class="section">{children}</Part>;
}
