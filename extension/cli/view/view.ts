/** `hubscope view`: the panel on recordings, in the user's browser, without the extension. */
import { access, constants, stat } from "node:fs/promises";
import path from "node:path";
import type { Context } from "../context.ts";
import { EXIT, Failure, reasonOf, usageError, type ExitCode } from "../exit.ts";
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
async function readable(file: string, { stdin }: Context): Promise<ServedFile> {
  const failed = (error: unknown): Failure => new Failure(`${file}: ${reasonOf(error)}`);
  if (file === "-")
    try {
      return { name: "standard input", path: (await spooled(stdin)).file };
    } catch (error) {
      throw failed(error);
    }
  try {
    await access(file, constants.R_OK);
    if ((await stat(file)).isDirectory()) throw new Error("it is a folder");
  } catch (error) {
    throw failed(error);
  }
  return { name: path.basename(file), path: path.resolve(file) };
}
