import { plainWords } from "../../extension/core/html-words.ts";
import { redactText } from "../../extension/core/redact.ts";
import { shortened } from "../../extension/core/shortened.ts";

const LONGEST_READ = 20_000;
const LONGEST_ERROR = 500;

/** An error, or the body of an answer that is one, as it may be recorded: no secrets, and of a page of HTML only its title. */
export const errorWords = (error: unknown, longest = LONGEST_ERROR): string =>
  shortened(redactText(plainWords(String(error).slice(0, LONGEST_READ))), longest);
