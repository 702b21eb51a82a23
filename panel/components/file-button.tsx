import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

interface Props {
  readonly class: string;
  /** The accessible name of the file input. */
  readonly label: string;
  readonly testId: string;
  /** MIME types and file extensions, as in the `accept` attribute of an input. */
  readonly accept?: string;
  readonly multiple?: boolean;
  /** Called with at least one file. */
  readonly onFiles: (files: readonly [File, ...File[]]) => void;
  readonly children: ComponentChildren;
}

/** A button that opens a file dialog. The same file can be chosen again. */
export function FileButton({
  class: kind,
  label,
  testId,
  accept = ".json,application/json",
  multiple = false,
  onFiles,
  children,
}: Props) {
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
        accept={accept}
        multiple={multiple}
        tabIndex={-1}
        aria-label={label}
        data-testid={testId}
        onChange={(event) => {
          const [first, ...others] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (first) onFiles([first, ...others]);
        }}
      />
    </>
  );
}
