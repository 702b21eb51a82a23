import type { ComponentChildren } from "preact";

/** One row in a list of figures (`<dl class="cost">`). */
export function CostRow({ figure, children }: { figure: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{figure}</dt>
      <dd>{children}</dd>
    </>
  );
}
