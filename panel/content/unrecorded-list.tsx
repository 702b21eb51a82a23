import type { Unrecorded } from "../../extension/wording/unrecorded.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { Icon } from "./icon.tsx";

export const UnrecordedList = ({ all }: { all: readonly Unrecorded[] }) => (
  <ul class="unrecorded-list">
    {all.map(({ kind, url, title, text }) => (
      <li key={`${kind} ${url}`} data-testid="unrecorded-row" data-kind={kind}>
        <Icon name="warn" small />
        <div>
          <b>{title}</b>
          <code class="wrap-any">{visibleText(url)}</code>
          <span class="soft">{text}</span>
        </div>
      </li>
    ))}
  </ul>
);
