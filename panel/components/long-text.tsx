import { useState } from "preact/hooks";

/** As much as a few lines take. */
const MAX = 400;

/** Words of a page or a server may be of any length: their beginning, and all of them for who asks, within bounds. */
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
