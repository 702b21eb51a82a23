import { visibleText } from "../../extension/core/text/visible-text.ts";

/** A call stack as the browser wrote it. Its addresses are no links: a script may be minified, or need a sign-in. */
export const Stack = ({ stack }: { stack: string }) => (
  <code class="wrap-any" data-testid="call-stack">
    {stack.split("\n").map((frame, i) => (
      <div key={i}>{visibleText(frame)}</div>
    ))}
  </code>
);
