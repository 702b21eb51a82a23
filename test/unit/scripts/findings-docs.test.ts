import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { FINDING_IDS } from "../../../extension/core/diagnosis/findings/registry.ts";
import { findingsPage } from "../../../scripts/findings-docs.ts";
import { projectRoot } from "../../../scripts/paths.ts";

it("docs/findings.md is up to date (npm run docs:findings writes it)", async () => {
  expect(readFileSync(path.join(projectRoot, "docs", "findings.md"), "utf8")).toBe(await findingsPage());
});

it("names every finding once", async () => {
  const page = await findingsPage();
  for (const id of FINDING_IDS) expect(page.split(`### \`${id}\``)).toHaveLength(2);
});
