import { expect, it } from "vitest";
import { faultGuide } from "../../../../extension/core/faults/guide.ts";

/** `vitest -u` writes this file; all other runs compare it. */
it("docs/faults.md is up to date", async () => {
  await expect(faultGuide()).toMatchFileSnapshot("../../../../docs/faults.md");
});
