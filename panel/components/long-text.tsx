import { useState } from "preact/hooks";

/** Number of characters that fill a few lines. */
const MAX = 400;

/**
 * A text of a page or a server, which may be of any length: shows its beginning, and a button that shows the rest (up to a
 * limit).
 */
export function LongText({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  if (text.length <= MAX) return <span class="wrap-any">{text}</span>;
  return (
    <>
      <span class={open ? "wrap-any long-text" : "wrap-any"}>{open ? text : `${text.slice(0, MAX)}…`}</span>{" "}
      <button
        class="link"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {open ? "Show less" : `Show all ${text.length.toLocaleString("en-US")} characters`}
      </button>
    </>
  );
}
