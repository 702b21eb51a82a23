/** `hubscope view`: the panel on recordings, in the user's browser, without the extension. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { openRecording } from "../../export/open-recording.ts";
import type { Context } from "../context.ts";
import { EXIT, Failure, reasonOf, usageError, type ExitCode } from "../exit.ts";
import { readTexts } from "../files/read-texts.ts";
import { spooled } from "../files/temporary.ts";
import { note, write } from "../terminal.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { serveViewer, type ServedFile } from "./serve-viewer.ts";

export interface ViewOptions {
  readonly port?: string;
  /** `--no-open` */
  readonly open: boolean;
}

export async function view(
  files: readonly string[],
  { port = "0", open }: ViewOptions,
  context: Context,
): Promise<ExitCode> {
  const number = Number(port);
  if (!/^\d{1,5}$/.test(port) || number > 65_535)
    throw usageError(`--port is a number from 0 to 65535, not "${port}"`);
  const served: ServedFile[] = [];
  for (const file of files) served.push(await readable(file, context));
  const viewer = await serveViewer({
    ...{ folder: path.join(context.home, "viewer"), files: served, port: number },
  }).catch((error: unknown) => {
    throw new Failure(`the panel can't be served: ${reasonOf(error)}`);
  });
  await write(context.stdout, `${viewer.url}\n`);
  if (open && !(await openInBrowser(viewer.url)))
    note(context, "no browser could be opened: open the address above in yours.");
  note(context, "Ctrl+C ends it.");
  await context.untilInterrupted();
  await viewer.stop();
  return EXIT.ok;
}

/** Standard input is kept in a temporary file, as the browser may load the page again. */
async function readable(file: string, context: Context): Promise<ServedFile> {
  const name = file === "-" ? "standard input" : path.basename(file);
  try {
    if (file !== "-" && (await stat(file)).isDirectory()) throw new Error("it is a folder");
    const at = file === "-" ? (await spooled(context.stdin)).file : path.resolve(file);
    // The panel says it better, but a user looks here first.
    const opening = await openRecording(() => readTexts(at));
    if (!opening.ok) throw new Error(opening.problem);
    return { name, path: at };
  } catch (error) {
    throw new Failure(`${file === "-" ? name : file}: ${reasonOf(error)}`);
  }
}
