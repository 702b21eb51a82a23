import { awaited } from "../../extension/core/diagnosis/wait-words.ts";
import type { LongWait } from "../../extension/core/diagnosis/hang.ts";
import { hubName } from "../../extension/core/model/hub-name.ts";
import { duration } from "../../extension/core/text/format.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";

/** What takes long at the end of a recording, and isn't a finding yet. */
export const WaitingList = ({ waiting }: { waiting: readonly LongWait[] }) => (
  <>
    {waiting.map(({ hub, wait, length }) => (
      <p key={hub.key} data-testid="waiting-at-end">
        <b>{visibleText(hubName(hub))}</b> has been waiting for {awaited(wait)} for {duration(length)}.
      </p>
    ))}
  </>
);
