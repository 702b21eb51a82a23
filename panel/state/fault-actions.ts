/** Injects and undoes faults, and shows errors to the user. */
import { FAULTS } from "../../extension/core/faults/outlines.ts";
import type { FaultCommand } from "../../extension/core/faults/vocabulary.ts";
import type { FaultSpan } from "../../extension/core/model/types.ts";
import type { PageId } from "../../extension/core/ids.ts";
import type { PanelState } from "./panel-state.ts";

type Doing = Pick<PanelState, "source" | "notices" | "faults">;

/**
 * Injects a fault into all of these frames at the same time.
 * @returns whether all succeeded
 */
export async function inject(
  { source, notices }: Doing,
  pages: readonly PageId[],
  command: FaultCommand,
): Promise<boolean> {
  const { title } = FAULTS[command.name];
  const one = async (page: PageId): Promise<boolean> => {
    try {
      const answer = await source.inject(page, command);
      if (!answer.ok) notices.show({ tone: "bad", text: `${title}: ${answer.error}` });
      return answer.ok;
    } catch (error) {
      notices.failed(title, error);
      return false;
    }
  };
  return (await Promise.all(pages.map(one))).every(Boolean);
}

export function undo({ source, notices }: Doing, fault: FaultSpan): void {
  source.endFault(fault.page, fault.fault).catch((error: unknown) => {
    notices.failed(`${FAULTS[fault.command.name].title} can't be undone`, error);
  });
}

export function stopAll({ source, notices, faults }: Doing): void {
  for (const page of new Set(faults.running.peek().map((fault) => fault.page)))
    source.endFault(page, "all").catch((error: unknown) => {
      notices.failed("The faults can't be stopped", error);
    });
}

/** The action of the toolbar's button. */
export async function suspendTab(panel: Doing): Promise<void> {
  const { page, frames } = panel.faults.targets.peek()[0] ?? {};
  if (page !== undefined)
    await inject(panel, frames ?? [page], { name: "suspend", duration: 70_000, target: { scope: "page" } });
}
