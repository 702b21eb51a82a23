/** The tables of docs/reproduce.md, from the code. `npm run docs:reproduce` writes them; a test compares them. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { format } from "prettier";
import { OBSTACLE_TITLE } from "../extension/core/diagnosis/titles.ts";
import { RECIPES, type CauseOfLoss } from "../extension/core/reproduction/recipes.ts";
import { PASSES } from "../extension/core/reproduction/start-again.ts";
import type { ObstacleName } from "../extension/core/diagnosis/verdict.ts";
import { isMain, projectRoot } from "./paths.ts";

const file = path.join(projectRoot, "docs", "reproduce.md");
const keys = <K extends string>(record: Readonly<Record<K, unknown>>): K[] => Object.keys(record) as K[];
const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

function row(cause: CauseOfLoss): string {
  const recipe = RECIPES[cause];
  const cells =
    "why" in recipe
      ? ["–", "–", `${recipe.why} ${recipe.instead}`]
      : [code(recipe.faults), code(recipe.causes), recipe.differs.join(" ") || "–"];
  return `| \`${cause}\` | ${cells.join(" | ")} |`;
}

const INJECTED = "| `injected` | the same faults again | what the recorded one looks like | – |";

const causesTable = (): string =>
  [
    "| cause | faults | looks like | what differs, or why not and what to do instead |",
    "| --- | --- | --- | --- |",
    ...keys(RECIPES).map(row),
    INJECTED,
  ].join("\n");

const obstacles = (passes: boolean): string =>
  keys(PASSES)
    .filter((name: ObstacleName) => PASSES[name] === passes)
    .map((name) => (passes ? `- \`${name}\`: ${OBSTACLE_TITLE[name]}` : `\`${name}\``))
    .join(passes ? "\n" : ", ");

const MARKS = [
  ["causes", causesTable],
  ["starts", () => obstacles(true)],
  ["stays", () => obstacles(false)],
] as const;

/** The page with its tables as they should be. */
export async function reproducePage(): Promise<string> {
  let page = await readFile(file, "utf8");
  for (const [name, made] of MARKS) {
    const between = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`);
    if (!between.test(page)) throw new Error(`docs/reproduce.md has no place for ${name}.`);
    page = page.replace(between, (_, begin: string, end: string) =>
      name === "stays" ? `${begin}${made()}${end}` : `${begin}\n\n${made()}\n\n${end}`,
    );
  }
  return format(page, { parser: "markdown", printWidth: 110 });
}

if (isMain(import.meta.url)) await writeFile(file, await reproducePage());
