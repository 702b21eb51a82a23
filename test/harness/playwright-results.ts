/** What Playwright says of tests, by its JSON reporter. */
import { readFileSync } from "node:fs";

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly {
      readonly results: readonly {
        readonly status: string;
        readonly errors?: readonly { readonly message: string }[];
        readonly attachments: readonly {
          readonly name: string;
          /** Of a file. */
          readonly path?: string;
        }[];
      }[];
    }[];
  }[];
}

export interface Tested {
  readonly title: string;
  readonly file: string;
  readonly status: string | undefined;
  /** Of all its errors. */
  readonly message: string;
  readonly attachments: readonly string[];
  /** That of Hubscope, if there is one. */
  readonly recording: string;
}

/** @param report the reporter's text */
export const testsOf = (report: string): Tested[] => testsIn(JSON.parse(report) as Suite);

function testsIn({ suites = [], specs = [] }: Suite): Tested[] {
  const own = specs.map(({ title, file, tests }): Tested => {
    const result = tests[0]?.results[0];
    const recorded = result?.attachments.find(({ name }) => name === "hubscope.json");
    return {
      ...{ title, file, status: result?.status },
      message: (result?.errors ?? []).map(({ message }) => message).join("\n"),
      // Playwright adds its own.
      attachments: (result?.attachments ?? [])
        .map(({ name }) => name)
        .filter((name) => name.startsWith("hubscope")),
      recording: recorded?.path === undefined ? "" : readFileSync(recorded.path, "utf8"),
    };
  });
  return [...own, ...suites.flatMap(testsIn)];
}
