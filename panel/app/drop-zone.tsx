import { useEffect, useState } from "preact/hooks";
import { usePanel } from "../state/panel-state.ts";
import { Icon } from "../content/icon.tsx";

/** Opens recordings that are dropped anywhere on the panel. */
export function DropZone() {
  const { transfer } = usePanel();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    document.addEventListener("dragenter", onOver, { signal });
    document.addEventListener("dragover", onOver, { signal });
    document.addEventListener(
      "dragleave",
      (event) => {
        if (event.relatedTarget === null) setOver(false);
      },
      { signal },
    );
    document.addEventListener(
      "drop",
      (event) => {
        setOver(false);
        if (!holdsFiles(event) || !event.dataTransfer) return;
        event.preventDefault();
        void transfer.import(event.dataTransfer.files);
      },
      { signal },
    );
    return () => {
      listening.abort();
    };
  }, [transfer]);
  if (!over) return null;
  return (
    <div class="drop-zone">
      <p>
        <Icon name="open" /> Drop to open the recording
      </p>
    </div>
  );
}
