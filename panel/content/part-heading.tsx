import type { ComponentChildren } from "preact";
import { useMedium } from "./medium.ts";

/** The heading of a part of a card, at the level that the medium sets. */
export function PartHeading({ children }: { children: ComponentChildren }) {
  const { part: Part } = useMedium().headings;
  return <Part class="section">{children}</Part>;
}
