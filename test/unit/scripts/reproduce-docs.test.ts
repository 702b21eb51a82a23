import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { CAUSE_TITLE, OBSTACLE_TITLE } from "../../../extension/core/diagnosis/titles.ts";
import { projectRoot } from "../../../scripts/paths.ts";
import { reproducePage } from "../../../scripts/reproduce-docs.ts";

const page = readFileSync(path.join(projectRoot, "docs", "reproduce.md"), "utf8");

it("docs/reproduce.md is up to date (npm run docs:reproduce writes it)", async () => {
  expect(page).toBe(await reproducePage());
});

it("says of every cause and obstacle whether it can be reproduced", () => {
  for (const name of Object.keys(CAUSE_TITLE))
    if (name !== "start-failed") expect(page).toContain(`| \`${name}\` `);
  for (const name of Object.keys(OBSTACLE_TITLE)) expect(page).toContain(`\`${name}\``);
});
