import { waitingWords } from "../../extension/core/diagnosis/wait-words.ts";
import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import { usePanel } from "../state/panel-state.ts";

/** What a hub connection has been waiting for, once that takes long. */
export function Waiting({ hub }: { hub: HubConnectionModel }) {
  const { watched } = usePanel();
  const long = watched.value.waiting.find((one) => one.hub === hub);
  if (!long) return null;
  const words = waitingWords(long.wait, long.length);
  return (
    <span class="waiting ellip" data-testid="waiting" data-step={long.wait.step} title={words}>
      {words}
    </span>
  );
}
