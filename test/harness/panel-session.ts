/** User actions in the panel. Used by the browser tests and by `npm start -- --headless`. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { FaultName } from "../../extension/core/faults/vocabulary.ts";
import type { ExportKind } from "../../extension/export/export-formats.ts";
import { until, type Target } from "./browser/index.ts";

export interface InterruptionRow {
  readonly cause: string;
  readonly outcome: string;
  readonly path: string;
  readonly open: boolean;
  readonly text: string;
}

export interface HubGroup {
  readonly path: string;
  readonly state: string;
  readonly text: string;
}

const byTestId = (id: string): string => `[data-testid="${id}"]`;

export class PanelSession {
  constructor(readonly target: Target) {}

  tab(
    name:
      | "interruptions"
      | "findings"
      | "connections"
      | "messages"
      | "calls"
      | "faults"
      | "scenarios"
      | "simulator"
      | "doctor"
      | "report",
  ): Promise<void> {
    return this.target.click(byTestId(`tab-${name}`));
  }

  /** Some tabs hide the timeline; an empty panel has no tabs. */
  private async showTimeline(): Promise<void> {
    const hidden = await this.target.evaluate(
      () => document.querySelector('[data-testid="tab-interruptions"][aria-selected="false"]') !== null,
    );
    if (hidden) await this.tab("interruptions");
  }

  async hubs(): Promise<HubGroup[]> {
    await this.showTimeline();
    return this.target.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-testid="hub-group"]')].map((group) => ({
        path: group.dataset["path"] ?? "",
        state: group.dataset["state"] ?? "",
        text: group.innerText,
      })),
    );
  }

  /** Waits until `count` hub connections are shown and all are in this state. */
  async waitForHubs(state: string, count = 1): Promise<void> {
    await until(`${count} hub connection(s) to be ${state}`, async () => {
      // Each time: a page that is just loaded is shown as empty first, without tabs.
      const groups = await this.hubs();
      return groups.length === count && groups.every((group) => group.state === state);
    });
  }

  async interruptions(): Promise<InterruptionRow[]> {
    await this.tab("interruptions");
    return this.target.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-testid="interruption-row"]')].map((row) => ({
        cause: row.dataset["cause"] ?? "",
        outcome: row.dataset["outcome"] ?? "",
        path: row.dataset["path"] ?? "",
        open: row.dataset["until"] === "",
        text: row.innerText,
      })),
    );
  }

  /** Waits until `count` interruptions are over. */
  async waitForInterruptions(count: number): Promise<InterruptionRow[]> {
    await this.tab("interruptions");
    await this.target.waitFor(
      `${count} interruption(s) to be over`,
      (wanted) => {
        const rows = [...document.querySelectorAll<HTMLElement>('[data-testid="interruption-row"]')];
        return rows.length >= wanted && rows.every((row) => row.dataset["until"] !== "");
      },
      count,
    );
    return this.interruptions();
  }

  /** Opens the fault in the fault lab, sets its duration if given, and injects it. */
  async inject(name: FaultName, options: { readonly seconds?: number } = {}): Promise<void> {
    await this.tab("faults");
    await this.target.click(byTestId(`fault-${name}`));
    if (options.seconds !== undefined) {
      await this.target.evaluate((seconds) => {
        const field = document.querySelector<HTMLInputElement>('[data-testid="fault-duration"]');
        if (!field) throw new Error("this fault has no duration");
        field.value = seconds;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }, String(options.seconds));
    }
    await this.target.waitFor("the fault to be possible", () => {
      const button = document.querySelector<HTMLButtonElement>('[data-testid="fault-inject"]');
      return button !== null && !button.disabled;
    });
    await this.target.click(byTestId("fault-inject"));
  }

  runningFaults(): Promise<string[]> {
    return this.target.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-testid="running-fault"]')].map(
        (row) => row.dataset["fault"] ?? "",
      ),
    );
  }

  async waitForRunning(...names: FaultName[]): Promise<void> {
    await this.target.waitFor(
      names.length === 0 ? "no fault to run" : `${names.join(", ")} to run`,
      (wanted) =>
        [...document.querySelectorAll<HTMLElement>('[data-testid="running-fault"]')]
          .map((row) => row.dataset["fault"])
          .join() === wanted,
      names.join(),
    );
  }

  /** Writes a file through the report tab and waits for it in the download folder. @returns its path */
  async exportFile(kind: ExportKind, folder: string): Promise<string> {
    const before = new Set(await readdir(folder));
    await this.tab("report");
    await this.target.click(byTestId(`report-${kind.replaceAll(".", "-")}`));
    const suffix = `.${kind}`;
    const name = await until(`a ${suffix} file`, async () => {
      // While a download is running, there are temporary files beside the final one. Those of Firefox may have the same suffix.
      const [file, ...others] = (await readdir(folder)).filter((one) => !before.has(one));
      const isOurs = file?.startsWith("signalr-") === true && file.endsWith(suffix);
      return isOurs && others.length === 0 && (await stat(path.join(folder, file))).size > 0 && file;
    });
    return path.join(folder, name);
  }
}
