import { plainWords } from "../../../extension/core/text/html-text.ts";
import { cutAtWord } from "../../../extension/core/text/shortened.ts";
import { LONGEST_TEXT } from "../platform/read-text.ts";

/** The text of an error, or of the body of an error response, as it may be recorded: of an HTML page only its title. */
export const errorWords = (error: unknown): string => plainWords(cutAtWord(String(error), LONGEST_TEXT));
