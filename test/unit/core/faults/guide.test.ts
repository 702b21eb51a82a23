import { expect, it } from "vitest";
import { faultGuide } from "../../../../extension/core/faults/guide.ts";

/** Written by `vitest -u`, and otherwise checked. */
it("docs/faults.md is up to date", async () => {
  await expect(faultGuide()).toMatchFileSnapshot("../../../../docs/faults.md");
});
