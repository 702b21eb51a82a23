/** Healthy apps: Blazor Server. */
import type { BlazorSituation } from "../../../harness/situation/blazor-situation.ts";
import type { BlazorRun, HealthyRun } from "../../finding-run.ts";

const blazor = (plan: BlazorRun): HealthyRun => ({ ...plan, name: `healthy ${plan.name}`, healthy: true });

const count = async ({ click, untilText }: BlazorSituation, to: number): Promise<void> => {
  await click("#add");
  await untilText("#count", String(to));
};

export const BLAZOR: readonly HealthyRun[] = [
  blazor({
    name: "Blazor",
    how: "A circuit, and some clicks",
    blazor: {},
    async happensToBlazor(situation) {
      await count(situation, 1);
      await count(situation, 2);
    },
  }),
  blazor({
    name: "Blazor, an island",
    how: "An interactive component on a static page",
    blazor: {},
    path: "island",
    async happensToBlazor(situation) {
      await count(situation, 1);
    },
  }),
  blazor({
    name: "Blazor, a short loss",
    how: "The connection is cut; the circuit is kept",
    blazor: {},
    async happensToBlazor(situation) {
      await count(situation, 1);
      situation.proxy.cut();
      await situation.untilDialog("hide");
      await count(situation, 2);
    },
  }),
  blazor({
    name: "Blazor, page left",
    how: "The user reloads the page",
    blazor: {},
    async happensToBlazor(situation) {
      await count(situation, 1);
      await situation.page.reload();
    },
  }),
];
