import { plainWords } from "../../extension/core/html-words.ts";
import { cutAtWord } from "../../extension/core/shortened.ts";

/** Longer ones are not read to their end: the recorder keeps only the beginning, once it has looked for secrets in all of this. */
const LONGEST_READ = 20_000;

/** An error, or the body of an answer that is one, as it may be recorded: of a page of HTML only its title. */
export const errorWords = (error: unknown): string => plainWords(cutAtWord(String(error), LONGEST_READ));
