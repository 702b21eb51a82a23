import type { ComponentChildren } from "preact";
import { usePanel } from "../state/panel-state.ts";
import { FileButton } from "./file-button.tsx";

interface Props {
  readonly class: string;
  readonly input: string;
  /** Called when files were chosen and are about to be opened. */
  readonly onChosen?: () => void;
  readonly children: ComponentChildren;
}

/** A button that opens recordings from files. */
export function OpenFile({ class: kind, input, onChosen, children }: Props) {
  const { transfer } = usePanel();
  return (
    <FileButton
      class={kind}
      label="Recording file"
      testId={input}
      accept=".json,.gz,.har,application/json,application/gzip"
      multiple
      onFiles={(files) => {
        void transfer.import([...files]);
        onChosen?.();
      }}
    >
      {children}
    </FileButton>
  );
}
