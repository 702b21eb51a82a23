import type { ComponentChildren } from "preact";
import { useContentContext } from "./content-context.ts";

/** The heading of a part of a card, at the level that suits where it is shown. */
export function PartHeading({ children }: { children: ComponentChildren }) {
  const { part: Part } = useContentContext().headings;
  return <Part class="section">{children}</Part>;
}
