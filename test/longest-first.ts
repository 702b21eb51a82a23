import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take long, the longest first (measured in `.ci/run`, 2026-11). Without a cache of earlier runs Vitest starts with the
 * file that has the most bytes; a long file that starts last leaves the other processor idle.
 */
const LONGEST = [
  ...["blazor", "doctor", "fault-runs", "worker-firefox", "firefox", "window", "accessibility", "findings"],
  ...["chromium", "page-build", "doctor-panel", "record", "scenarios", "reproduced", "faults", "clients"],
  ...["worker-hook", "npm-package", "files", "switched", "large-files", "soak", "fidelity", "monitor"],
  "herd",
  ...["package", "third-party-licenses", "html-report", "trace", "linear", "ended-early"],
];

/** Starts long test files first, so that the last ones are short. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = LONGEST.indexOf(path.basename(moduleId).replace(/\.test\.tsx?$/, ""));
      return found < 0 ? LONGEST.length : found;
    };
    const sorted = await super.sort(files);
    // Vitest runs project by project: only within one is there an order to choose.
    const projects = [...new Set(sorted.map(({ project }) => project.name))];
    return projects.flatMap((name) =>
      sorted.filter(({ project }) => project.name === name).sort((a, b) => rank(a) - rank(b)),
    );
  }
}
