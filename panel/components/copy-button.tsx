import { useEffect, useState } from "preact/hooks";
import { Icon } from "../content/icon.tsx";
import { copyText } from "../state/copy-text.ts";

type State = "idle" | "copied" | "failed";

async function copy(text: Props["text"]): Promise<State> {
  const made = typeof text === "string" ? text : await text();
  if (made === null) return "idle";
  return (await copyText(made)) ? "copied" : "failed";
}

interface Props {
  /** The text, or what makes it; null: it couldn't be made, and the user has been told. */
  readonly text: string | (() => Promise<string | null>);
  readonly label: string;
}

export function CopyButton({ text, label }: Props) {
  const [state, setState] = useState<State>("idle");
  useEffect(() => {
    if (state === "idle") return undefined;
    const timer = setTimeout(() => {
      setState("idle");
    }, 1200);
    return () => {
      clearTimeout(timer);
    };
  }, [state]);
  return (
    <button
      class="mini"
      aria-label={label}
      title={state === "copied" ? "Copied" : state === "failed" ? "The browser didn't allow it" : label}
      onClick={(event) => {
        event.stopPropagation();
        void copy(text).then(setState);
      }}
    >
      <Icon name={state === "copied" ? "tick" : state === "failed" ? "warn" : "copy"} />
      <span class="vh" aria-live="polite">
        {state === "copied" ? "Copied" : ""}
      </span>
    </button>
  );
}
