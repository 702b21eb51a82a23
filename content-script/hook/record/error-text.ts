import { plainWords } from "../../../extension/core/text/html-text.ts";
import { cutAtWord } from "../../../extension/core/text/shortened.ts";
import { LONGEST_TEXT } from "../platform/read-text.ts";

/** An error, or the body of an answer that is one, as it may be recorded: of a page of HTML only its title. */
export const errorWords = (error: unknown): string => plainWords(cutAtWord(String(error), LONGEST_TEXT));
