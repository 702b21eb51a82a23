/** What is wrong with a JSON text, as the second half of a sentence: "it is …". */
export class JsonDamage extends Error {}
