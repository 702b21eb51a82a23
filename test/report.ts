/**
 * Vitest's reporter for `npm test`: writes what the closing lines need into a file. The JSON reporter of vitest has stacks instead
 * of messages, which say nothing about a timeout, and no errors outside of tests.
 */
import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import type { Report } from "./tally.ts";

/** The environment variable with the path of the file. */
export const REPORT_FILE = "HUBSCOPE_TEST_REPORT";

/** What we use of an error. */
interface Thrown {
  readonly name?: string | undefined;
  readonly message: string;
  readonly cause?: unknown;
}

const messageOf = ({ name, message, cause }: Thrown): string =>
  // fast-check says which values fail, and its cause why.
  [`${name ?? "Error"}: ${message}`, ...(isThrown(cause) ? [messageOf(cause)] : [])].join("\n");

const isThrown = (value: unknown): value is Thrown =>
  typeof value === "object" && value !== null && "message" in value && typeof value.message === "string";

function fileOf(module: TestModule): Report["files"][number] {
  const suites = [...module.children.allSuites()];
  return {
    file: module.relativeModuleId,
    tests: [...module.children.allTests()].map((test) => {
      const { state, errors = [] } = test.result();
      return { name: test.fullName, state, errors: errors.map(messageOf) };
    }),
    errors: [module, ...suites].flatMap((one) => one.errors().map(messageOf)),
  };
}

export default class ReportForRun implements Reporter {
  onTestRunEnd(...[modules, errors]: Parameters<NonNullable<Reporter["onTestRunEnd"]>>): void {
    const report: Report = { files: modules.map(fileOf), errors: errors.map(messageOf) };
    writeFileSync(process.env[REPORT_FILE] ?? "", JSON.stringify(report));
  }
}
