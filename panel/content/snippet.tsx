import type { Snippet as Code } from "../../extension/core/diagnosis/findings/finding.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { useContentContext } from "./content-context.ts";

/** Code to paste. Method names in it are from the page. */
export function Snippet({ snippet }: { snippet: Code }) {
  const { Copy } = useContentContext();
  const code = visibleText(snippet.code);
  return (
    <div class="snippet">
      <pre class="patch" tabIndex={0} aria-label="Code">
        <code>{code}</code>
      </pre>
      <Copy text={code} label="Copy the code" />
    </div>
  );
}
