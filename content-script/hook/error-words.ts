import { plainWords } from "../../extension/core/html-words.ts";

/** Longer ones are not read to their end: the recorder keeps only the beginning, once it has looked for secrets in all of this. */
const LONGEST_READ = 20_000;

/** An error, or the body of an answer that is one, as it may be recorded: of a page of HTML only its title. */
export const errorWords = (error: unknown): string => plainWords(String(error).slice(0, LONGEST_READ));
