import { useRef } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { usePanel } from "../state/panel-state.ts";

/** A button that opens recordings from files. */
export function OpenFile({
  class: kind,
  children,
  input,
  onChosen,
}: {
  class: string;
  children: ComponentChildren;
  input: string;
  /** Files were chosen, and are being opened. */
  onChosen?: () => void;
}) {
  const { transfer } = usePanel();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button class={kind} onClick={() => field.current?.click()}>
        {children}
      </button>
      <input
        ref={field}
        class="vh"
        type="file"
        accept=".json,.gz,application/json,application/gzip"
        multiple
        tabIndex={-1}
        aria-label="Recording file"
        data-testid={input}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          if (files.length === 0) return;
          void transfer.import(files);
          onChosen?.();
        }}
      />
    </>
  );
}
