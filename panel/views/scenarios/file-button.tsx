import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

interface Props {
  readonly class: string;
  /** What is chosen, read out. */
  readonly label: string;
  readonly testId: string;
  readonly onFile: (file: File) => void;
  readonly children: ComponentChildren;
}

/** A button that asks for one JSON file. */
export function FileButton({ class: kind, label, testId, onFile, children }: Props) {
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
        accept=".json,application/json"
        tabIndex={-1}
        aria-label={label}
        data-testid={testId}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
}
