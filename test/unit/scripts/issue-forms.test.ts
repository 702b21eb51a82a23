/** The issue forms must use the names that the panel shows, so that users find them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { TAB_NAMES } from "../../../panel/app/tab-names.ts";
import { EXPORT_FORMATS } from "../../../extension/export/export-formats.ts";
import { projectRoot } from "../../../scripts/paths.ts";

const read = (file: string): string => readFileSync(path.join(projectRoot, file), "utf8");
const compressed = EXPORT_FORMATS.find(({ kind }) => kind === "json.gz");

it.each(["1-bug.yml", "2-wrong-cause.yml"])("%s says where a recording is exported", (name) => {
  const form = read(`.github/ISSUE_TEMPLATE/${name}`);
  expect(form).toContain(`**${TAB_NAMES.report}** → **${compressed?.title ?? ""}** (\`.json.gz\`)`);
  const [, option = ""] = /ick \*([^*]+)\*/.exec(form) ?? [];
  expect(option).not.toBe("");
  expect(read("panel/views/report/export-form.tsx")).toContain(option);
});
