import { useEffect, useState } from "preact/hooks";
import { Icon } from "../content/icon.tsx";

/** A DevTools panel may have no access to the asynchronous clipboard; copying from a selected field works in both browsers. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "vh";
    document.body.append(field);
    field.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- still the only way without the clipboard permission
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
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
        void copyText(text).then((done) => {
          setState(done ? "copied" : "failed");
        });
      }}
    >
      <Icon name={state === "copied" ? "tick" : state === "failed" ? "warn" : "copy"} />
      <span class="vh" aria-live="polite">
        {state === "copied" ? "Copied" : ""}
      </span>
    </button>
  );
}
