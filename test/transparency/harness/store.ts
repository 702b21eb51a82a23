/** Reads what the extension has stored, in one of the extension's own pages. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { StoredPage } from "../../../extension/store/stored-page.ts";
import type { TestPage } from "../../harness/browser/index.ts";
import { readStore as readDatabase } from "../../harness/stored.ts";

export interface RecordedPage extends StoredPage {
  readonly recorded: readonly RecordedEvent[];
}

export async function readStore(extension: TestPage): Promise<RecordedPage[]> {
  return (await readDatabase(extension)).map(({ page, events }) => ({ ...page, recorded: events }));
}

/** Sends a message to the background, as the panel does. */
export async function command(extension: TestPage, message: object): Promise<unknown> {
  const text = await extension.evaluate(async (given) => {
    const { runtime } =
      (globalThis as unknown as { browser?: Runtime; chrome: Runtime }).browser ??
      (globalThis as unknown as { chrome: Runtime }).chrome;
    interface Runtime {
      runtime: { sendMessage(message: unknown): Promise<unknown> };
    }
    return JSON.stringify((await runtime.sendMessage({ to: "background", ...given })) ?? null);
  }, message);
  return JSON.parse(text);
}
