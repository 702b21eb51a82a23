import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { FAULT_DETAILS } from "../../../extension/core/faults/vocabulary.ts";
import { projectRoot } from "../../../scripts/paths.ts";

it("the types for tests name every fault but those that need the extension", async () => {
  const text = await readFile(path.join(projectRoot, "content-script/page-build/hubscope.d.ts"), "utf8");
  const union = /export type FaultName =([^;]*);/.exec(text)?.[1] ?? "";
  const named = [...union.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  expect(named).toEqual(
    Object.keys(FAULT_DETAILS).filter((name) => name !== "discard" && name !== "suspend-in-cache"),
  );
});
