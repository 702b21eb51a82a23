import { expect, it } from "vitest";
import { checkOptions, type SurviveOptions } from "../../../extension/npm/survive.ts";

it("toSurvive refuses options that it doesn't know", () => {
  const all: Required<SurviveOptions> = { quick: true, hub: "/hub", within: 1, accept: ["pass"] };
  expect(() => checkOptions(all)).not.toThrow();
  expect(() => checkOptions({ acept: ["warn"] } as SurviveOptions)).toThrow(
    'toSurvive: there is no option "acept", only quick, hub, within, accept.',
  );
});
