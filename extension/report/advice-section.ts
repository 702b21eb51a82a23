import { verdictOf } from "../core/diagnosis/diagnose.ts";
import { adviceAgainst, adviceFor, type Advice } from "../core/diagnosis/advice.ts";
import { retryAfterWords } from "../core/diagnosis/obstacles.ts";
import type { Downtime } from "../core/model/types.ts";
import {
  adviceForOutcome,
  hasNewId,
  NEW_ID_ADVICE,
  NEW_ID_CODE,
  NEW_ID_TITLE,
} from "../wording/advice-words.ts";
import { html, type Markup } from "./markup.ts";

const readOn = (link: string | null): Markup | false =>
  link !== null && html` <a href="${link}">Learn more</a>`;

const sentences = ({ text, link }: Advice): Markup => html`${text}${readOn(link)}`;

/** The same as beside the card in the panel. */
export function adviceSection(one: Downtime): Markup {
  const { obstacle } = verdictOf(one);
  const own =
    adviceFor(one) ?? (one.kind === "interruption" ? { text: adviceForOutcome(one), link: null } : null);
  return html`${own !== null && html`<p><b>Recommendation:</b> ${sentences(own)}</p>`}${
    obstacle !== null &&
    html`<p>
      <b>Blocked by:</b> ${obstacle.title}. ${retryAfterWords(obstacle)} ${sentences(adviceAgainst(obstacle))}
    </p>`
  }${
    one.kind === "interruption" &&
    hasNewId(one) &&
    html`<p><b>${NEW_ID_TITLE}:</b> ${NEW_ID_ADVICE} <code>${NEW_ID_CODE}</code></p>`
  }`;
}
