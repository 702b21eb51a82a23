import { visibleText } from "../../extension/core/text/visible-text.ts";
import { clientFramesWords, stackFrames } from "../../extension/wording/stack-frames.ts";

/**
 * A call stack as the browser wrote it, the app's own frames first. Its addresses are no links: a script may be minified, or need a
 * sign-in.
 */
export function Stack({ stack }: { stack: string }) {
  const { app, client } = stackFrames(stack);
  return (
    <div class="wrap-any" data-testid="call-stack">
      <Frames frames={app} />
      {client.length > 0 && (
        <details>
          <summary class="soft">{clientFramesWords(client.length)}</summary>
          <Frames frames={client} />
        </details>
      )}
    </div>
  );
}

const Frames = ({ frames }: { frames: readonly string[] }) => (
  <code>
    {frames.map((frame, i) => (
      <div key={i}>{visibleText(frame)}</div>
    ))}
  </code>
);
