/** The commands, their options and their help. What a command does is loaded when it is called. */
import { Command, CommanderError, Option } from "commander";
import { formatNames } from "../export/format-names.ts";
import { MASK_NAMES } from "../export/masks/named-masks.ts";
import type { CheckOptions } from "./check/check.ts";
import type { CompareOptions } from "./compare/compare.ts";
import type { Context } from "./context.ts";
import { EXIT, Failure, type ExitCode } from "./exit.ts";
import type { ReproduceOptions } from "./reproduce/reproduce.ts";
import type { ReportOptions } from "./report/report.ts";
import type { SendOptions } from "./send/settings.ts";
import type { RecordOptions } from "./record/record.ts";
import type { SummaryOptions } from "./summary/summary.ts";
import { note } from "./terminal.ts";
import type { ViewOptions } from "./view/view.ts";

const FILES = "recordings, as JSON or compressed with gzip; - is standard input";

/** Never throws, but for mistakes of Hubscope with HUBSCOPE_DEBUG set. */
export async function run(args: readonly string[], context: Context): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = createProgram(context, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    // The reader of our output has read enough, as `head` has.
    if (error instanceof Error && "code" in error && error.code === "EPIPE") return EXIT.ok;
    if ((context.env["HUBSCOPE_DEBUG"] ?? "") !== "") throw error;
    if (error instanceof Failure) {
      note(context, error.message);
      return error.code;
    }
    note(context, `${error instanceof Error ? error.message : String(error)} (HUBSCOPE_DEBUG=1 shows more)`);
    return EXIT.failed;
  }
}

function createProgram(context: Context, end: (code: ExitCode) => void): Command {
  const program = new Command("hubscope")
    .description("Says why SignalR connections broke, from recordings made with Hubscope.")
    .version(context.version, "-v, --version", "prints the version")
    .helpOption("-h, --help", "explains a command")
    .helpCommand("help [command]", "explains a command")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      outputError: (text, print) => {
        print(text.replace(/^error: /, "hubscope: "));
      },
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText("after", `\n${EXIT_CODES}`);
  addReport(program, context, end);
  addView(program, context, end);
  addRecord(program, context, end);
  addCheck(program, context, end);
  addCompare(program, context, end);
  addSummary(program, context, end);
  addSend(program, context, end);
  addReproduce(program, context, end);
  return program;
}

const EXIT_CODES = `Exit codes: 0 fine, 1 something was found (check, compare --fail-on-worse, record --scenario), 2 wrong usage, 3 a file or page can't be read, or something can't be sent.`;

function addReport(program: Command, context: Context, end: (code: ExitCode) => void): void {
  program
    .command("report")
    .summary("writes recordings in other formats")
    .description("Writes recordings as reports, or in formats that other tools read. Secrets are removed.")
    .argument("<files...>", FILES)
    .addOption(
      new Option(
        "-f, --format <names>",
        `one or several of ${formatNames().join(", ")}, separated by commas`,
      ).default("html"),
    )
    .option(
      "-o, --output <path>",
      "a file, or a folder for several; - is standard output (default: standard output)",
    )
    .option(
      "--from <time>",
      "only from then on: 2026-11-24T10:42:07Z, or +90 for seconds since the beginning",
    )
    .option("--to <time>", "only until then")
    .option("--no-payloads", "leaves out the contents of messages")
    .option(
      "--replace <kinds>",
      `replaces ${MASK_NAMES.join(", ")}, separated by commas, with the same placeholder for the same text`,
    )
    .option(
      "--replace-field <path>",
      "replaces what this JSONPath finds in payloads, for example '$.arguments[*].name'; may be given several times",
      (path: string, before: readonly string[] | undefined) => [...(before ?? []), path],
    )
    .action(async (files: string[], options: ReportOptions) => {
      const { report } = await import("./report/report.ts");
      end(await report(files, options, context));
    });
}

function addView(program: Command, context: Context, end: (code: ExitCode) => void): void {
  program
    .command("view")
    .summary("opens recordings in the panel, in a browser")
    .description(
      "Opens recordings in Hubscope's panel as a page of your browser, without the extension. It is served on this machine only, until Ctrl+C.",
    )
    .argument("<files...>", FILES)
    .option("--port <number>", "the port on which it is served (default: any free one)")
    .option("--no-open", "only prints the address, and opens no browser")
    .action(async (files: string[], options: ViewOptions) => {
      const { view } = await import("./view/view.ts");
      end(await view(files, options, context));
    });
}

function addRecord(program: Command, context: Context, end: (code: ExitCode) => void): void {
  program
    .command("record")
    .summary("records a page in a browser of its own")
    .description(
      "Opens a page in an installed browser, records its SignalR connections, writes the recording, and says what was found. It needs the package puppeteer-core. Exits with 1 if a scenario was not passed.",
    )
    .argument("<url>", "address of the page")
    .option(
      "-o, --output <file>",
      "where the recording is written; one that ends in .gz is compressed",
      "recording.json",
    )
    .option("--for <time>", "how long, for example 90s or 5m; Ctrl+C ends it earlier", "60s")
    .option(
      "--scenario <names>",
      "runs these scenarios once the page is connected, separated by commas, and ends after them",
    )
    .option("--browser <browser>", "chromium, firefox, or the path of one (default: what is found first)")
    .option("--headed", "shows the browser's window")
    .option(
      "--profile <folder>",
      "the browser's profile, for example one that is logged in (default: a new one)",
    )
    .option("--insecure", "accepts certificates that can't be verified")
    .action(async (url: string, options: RecordOptions) => {
      const { record } = await import("./record/record.ts");
      end(await record(url, options, context));
    });
}

function addCheck(program: Command, context: Context, end: (code: ExitCode) => void): void {
  program
    .command("check")
    .summary("fails when recordings have findings or scenarios that were not passed")
    .description(
      "Looks for findings in recordings, and at the scenarios that were run in them. Exits with 1 if any is as bad as --fail-on says.",
    )
    .argument("<files...>", FILES)
    .option(
      "--fail-on <level>",
      "high, medium or low: findings of that severity or worse; a failed scenario counts as high, one with a warning as medium, so fail and warn mean the same as these; none never fails",
      "high",
    )
    .option("--junit <file>", "also writes the result as JUnit XML")
    .option("--sarif <file>", "also writes the result as SARIF 2.1.0")
    .action(async (files: string[], options: CheckOptions) => {
      const { check } = await import("./check/check.ts");
      end(await check(files, options, context));
    });
}

function addCompare(program: Command, context: Context, end: (code: ExitCode) => void): void {
  program
    .command("compare")
    .summary("says what is better and what is worse in the second of two recordings")
    .description(
      "Compares two recordings, for example before and after a change: interruptions, times to recover, causes, findings, scenarios.",
    )
    .argument("<before>", "a recording, as JSON or compressed with gzip")
    .argument("<after>", "another one")
    .option("--json", "writes JSON instead of text")
    .option("--fail-on-worse", "exits with 1 if a figure or a scenario is worse, or a finding is new")
    .action(async (before: string, after: string, options: CompareOptions) => {
      const { compare } = await import("./compare/compare.ts");
      end(await compare([before, after], options, context));
    });
}

function addSummary(program: Command, context: Context, end: (code: ExitCode) => void): void {
  program
    .command("summary")
    .summary("adds up what thousands of recordings say")
    .description(
      "Counts causes, recovery times and hubs of all recordings in folders, and names the worst recordings. Files that can't be read are counted and named.",
    )
    .argument("<folders...>", "folders with recordings (.json and .json.gz), also in folders inside")
    .option("--json", "prints JSON")
    .option("-j, --jobs <number>", "how many processor cores are used (default: all)")
    .action(async (folders: string[], options: SummaryOptions) => {
      const { summary } = await import("./summary/summary.ts");
      end(await summary(folders, options, context));
    });
}

function addSend(program: Command, context: Context, end: (code: ExitCode) => void): void {
  program
    .command("send")
    .summary("sends recordings to an OpenTelemetry collector")
    .description(
      "Sends recordings as traces, logs and metrics to a collector, by OTLP over HTTP. Secrets are removed, and contents of messages are never sent. OTEL_EXPORTER_OTLP_ENDPOINT, _HEADERS, _TIMEOUT and _COMPRESSION are honoured.",
    )
    .argument("<files...>", FILES)
    .option(
      "-e, --endpoint <url>",
      "the address of the collector, without /v1/traces: http://localhost:4318 (default: OTEL_EXPORTER_OTLP_ENDPOINT)",
    )
    .option(
      "-H, --header <header>",
      "a header for each request, such as 'Authorization: Bearer …'; may be given several times",
      (header: string, before: readonly string[] | undefined) => [...(before ?? []), header],
    )
    .option("-s, --signal <names>", "some of traces, logs, metrics, separated by commas (default: all)")
    .option("--service <name>", "the service's name (default: the host of each page)")
    .option("--from <time>", "only from then on, as in report")
    .option("--to <time>", "only until then")
    .option("--replace <kinds>", "replaces hosts, connection-ids, emails, numbers, as in report")
    .action(async (files: string[], options: SendOptions) => {
      const { send } = await import("./send/send.ts");
      end(await send(files, options, context));
    });
}

function addReproduce(program: Command, context: Context, end: (code: ExitCode) => void): void {
  program
    .command("reproduce")
    .summary("writes a Playwright test that reproduces an interruption")
    .description(
      "Writes an interruption or a failed start of a recording as a test for Playwright: faults and waits that cause it again, and what the app should have done.",
    )
    .argument("<file>", "a recording, as JSON or compressed with gzip; - is standard input")
    .option(
      "-n, --number <number>",
      "which interruption, in order of time; without it, the numbers are listed",
    )
    .option("-o, --output <file>", "a file; - is standard output (default: standard output)")
    .action(async (file: string, options: ReproduceOptions) => {
      const { reproduce } = await import("./reproduce/reproduce.ts");
      end(await reproduce(file, options, context));
    });
}
