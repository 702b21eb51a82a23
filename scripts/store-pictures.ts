/** The pictures for the stores' listings: one session that shows what Hubscope is for, in five views. */
import { setTimeout as wait } from "node:timers/promises";
import type { BrowserName } from "../test/harness/browser/index.ts";
import type { Studio } from "./screenshots.ts";

/** None takes longer than 20 s. The last one stays selected. */
const SCENARIOS = ["tab-suspended", "azure-maintenance", "sticky-session-lost", "deployment", "wifi-drop-5s"];

export async function storePictures(studio: Studio, browser: BrowserName): Promise<void> {
  const { page, panel, hub, setTheme } = studio;
  const save = (name: string): Promise<void> => studio.save(`${name}-${browser}.png`);
  const show = (css: string): Promise<void> => panel.target.click(css);

  // A lost connection, a server that restarts and rejects returning clients for a while, and a lost Wi-Fi.
  await wait(5_000);
  await hub.control({ do: "dropSockets" });
  await panel.waitForInterruptions(1);
  await wait(5_000);
  await hub.control({ do: "answerNegotiates", status: 429, count: 2, retryAfterSeconds: 1 });
  await hub.control({ do: "sendClose", error: "The server is restarting.", allowReconnect: true });
  await panel.waitForInterruptions(2);
  await wait(4_000);
  await page.startOffline();
  // Browsers keep open sockets.
  await hub.control({ do: "dropSockets" });
  await wait(4_000);
  await page.endOffline();
  await panel.waitForInterruptions(3);
  await panel.waitForHubs("connected");
  await wait(3_000);

  await panel.tab("interruptions");
  await show('[data-testid="interruption-row"]:nth-of-type(2)');
  await save("1-interruption");

  await setTheme("dark");
  await panel.tab("messages");
  await panel.target.type('[data-testid="filter"]', "-is:ping ");
  await panel.target.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-testid="message-row"]')];
    rows.find((row) => row.innerText.includes("StreamItem"))?.click();
  });
  await save("2-messages");
  await show(`[aria-label="Clear the filter"]`);

  await setTheme("light");
  await panel.inject("latency");
  await panel.inject("abrupt-loss");
  await panel.waitForInterruptions(4);
  await panel.inject("negotiate-status");
  await panel.waitForRunning("latency", "negotiate-status");
  await save("3-faults");
  await show('[data-testid="fault-stop-all"]');
  await panel.waitForRunning();

  await panel.tab("scenarios");
  for (const name of SCENARIOS) await runScenario(studio, name);
  await save("4-scenarios");

  await setTheme("dark");
  await panel.tab("connections");
  await save("5-connections");
}

async function runScenario({ panel: { target } }: Studio, name: string): Promise<void> {
  await target.waitFor(
    `scenario ${name} to be possible`,
    (button) => document.querySelector<HTMLButtonElement>(button)?.disabled === false,
    `[data-scenario="${name}"] [data-testid="scenario-run-one"]`,
  );
  await target.click(`[data-scenario="${name}"] [data-testid="scenario-run-one"]`);
  await target.waitFor(
    `a verdict on ${name}`,
    (row) =>
      !["", "none", "running"].includes(document.querySelector<HTMLElement>(row)?.dataset["verdict"] ?? ""),
    `[data-testid="scenario-row"][data-scenario="${name}"]`,
  );
}
