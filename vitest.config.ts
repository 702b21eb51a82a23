import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

const PURE = ["core", "export", "otlp", "report"].map((room) => `test/unit/${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    retry: 0,
    passWithNoTests: true,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        // Vitest leaves one processor alone. On a small machine that is half of it.
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.{ts,tsx}"],
          exclude: PURE,
          maxWorkers: availableParallelism(),
          // Three files build the packages before their first test: 3 to 12 s while the other processor is busy.
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // What they test has no state outside of its functions, so files share their modules: a third of the time goes into loading them.
        test: {
          name: "unit-pure",
          include: PURE,
          isolate: false,
          maxWorkers: availableParallelism(),
        },
      },
      {
        extends: true,
        test: {
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts", "test/transparency/**/*.test.ts"],
          // One browser leaves half of a small machine idle; more than two starve each other, and slow is what such tests
          // die of.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
