import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { adviceForCause } from "../../../extension/core/diagnosis/advice.ts";
import { CAUSE_TITLE, OBSTACLE_TITLE } from "../../../extension/core/diagnosis/titles.ts";
import { causesPage } from "../../../scripts/causes-docs.ts";
import { projectRoot } from "../../../scripts/paths.ts";

it("docs/causes.md is up to date (npm run docs:causes writes it)", async () => {
  expect(readFileSync(path.join(projectRoot, "docs", "causes.md"), "utf8")).toBe(await causesPage());
});

it("has a section for every cause and every obstacle", async () => {
  const page = await causesPage();
  for (const name of [...Object.keys(CAUSE_TITLE), ...Object.keys(OBSTACLE_TITLE)])
    expect(page).toMatch(new RegExp(`^### \`${name}\`$`, "m"));
});

it("every cause has advice and a link, except an injected fault; of a failed start and a hang the obstacle has them", () => {
  const without = (Object.keys(CAUSE_TITLE) as (keyof typeof CAUSE_TITLE)[]).filter(
    (name) => adviceForCause(name) === null || adviceForCause(name)?.link === null,
  );
  expect(without).toEqual(["injected", "start-failed", "hanging"]);
});
