/** What happens to circuits: on a page of a real Blazor Server app (.NET 10). */
import type { BlazorSituation } from "../harness/situation/blazor-situation.ts";
import { big, type BlazorProvocation } from "./provocation.ts";

/** Something of the user's that the circuit holds. */
const count = async ({ click, untilText }: BlazorSituation, to = 1): Promise<void> => {
  await click("#add");
  await untilText("#count", String(to));
};

/** Blazor's own first ten tries follow each other at once; the eleventh comes after 5 s. */
const restart =
  (how: "kill" | "stop") =>
  async (situation: BlazorSituation): Promise<void> => {
    await count(situation);
    await situation.restart(how, 1_000);
    await situation.untilReloaded();
  };

/** In the page. */
function paste(text: string): void {
  const area = document.querySelector("textarea");
  if (!area) return;
  area.value = text;
  area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}

const cut = async (situation: BlazorSituation): Promise<void> => {
  await count(situation);
  situation.proxy.cut();
};

export const BLAZOR: readonly BlazorProvocation[] = [
  {
    name: "Blazor, connection cut",
    how: "A TCP proxy cuts a circuit's connection once; the circuit is kept",
    expected: "abrupt-loss, circuit kept",
    blazor: {},
    async provoke(situation) {
      await cut(situation);
      await situation.untilDialog("hide");
      await count(situation, 2);
    },
  },
  {
    name: "Blazor, server killed",
    how: "kill -9 of the app, started again after a second; the circuit is refused, and the page reloads itself",
    expected: "server-gone, circuit refused",
    blazor: {},
    provoke: restart("kill"),
  },
  {
    name: "Blazor, server stopped",
    how: "SIGTERM to the app, started again after a second; the circuit is refused, and the page reloads itself",
    expected: "server-gone, circuit refused",
    blazor: {},
    provoke: restart("stop"),
  },
  {
    name: "Blazor, server stays away",
    how: "kill -9 of the app; Blazor tries twice and gives up",
    expected: "server-gone",
    blazor: {},
    start: { retries: 2, interval: 300 },
    async provoke(situation) {
      await count(situation);
      await situation.end("kill");
      await situation.untilDialog("failed");
    },
  },
  {
    name: "Blazor, black hole",
    how: "A TCP proxy swallows everything on a circuit's connection; the client's server timeout is 2 s",
    expected: "server-timeout, circuit kept",
    blazor: { keepAliveMilliseconds: 500 },
    start: { serverTimeout: 2_000 },
    async provoke(situation) {
      await count(situation);
      situation.proxy.silenceOpen("both");
      await situation.untilDialog("hide");
      await count(situation, 2);
    },
  },
  {
    name: "Blazor, paused and resumed",
    how: "The page pauses its circuit, and resumes it after a second",
    expected: "fine",
    blazor: {},
    async provoke(situation) {
      await situation.page.evaluate(paste, "lost");
      await situation.untilText("#length", "4");
      await count(situation);
      await situation.pause();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await situation.resume();
      await situation.untilText("#length", "0");
      await count(situation, 2);
    },
  },
  {
    name: "Blazor, paused",
    how: "The page pauses its circuit",
    expected: "paused",
    blazor: {},
    async provoke(situation) {
      await count(situation);
      await situation.pause();
      await situation.untilDialog("paused");
    },
  },
  {
    name: "Blazor, exception in a component",
    how: "A component throws when its button is clicked; Blazor ends the circuit",
    expected: "circuit-ended, circuit ended",
    blazor: {},
    async provoke({ click, page }) {
      await click("#throw");
      await page.waitFor(
        "Blazor's message of an error",
        () => document.querySelector<HTMLElement>("#blazor-error-ui")?.style.display === "block",
      );
    },
  },
  {
    name: "Blazor, 60 KB pasted",
    how: "60 KB are pasted into a text area that is bound on input; the server takes 32 KB, and keeps the circuit",
    expected: "message-too-large, circuit kept",
    blazor: {},
    async provoke(situation) {
      await count(situation);
      await situation.page.evaluate(paste, big(60_000));
      await situation.untilDialog("hide");
      await count(situation, 2);
    },
  },
  {
    name: "Blazor, kept too short",
    how: "A TCP proxy cuts a circuit's connection; Blazor tries after 2 s, the server keeps circuits for 0.5 s, but has their state",
    expected: "abrupt-loss, circuit resumed",
    blazor: { retentionMilliseconds: 500 },
    start: { interval: 2_000 },
    async provoke(situation) {
      await situation.page.evaluate(paste, "lost");
      await situation.untilText("#length", "4");
      await cut(situation);
      // The new circuit has the count, which is persistent state, and renders the page anew.
      await situation.untilText("#length", "0");
      await count(situation, 2);
    },
  },
  {
    name: "Blazor, no room for the circuit",
    how: "A TCP proxy cuts a circuit's connection; the server keeps none whose connection was lost; the page reloads itself",
    expected: "abrupt-loss, circuit refused",
    blazor: { maxRetained: 0, maxPersisted: 0 },
    async provoke(situation) {
      await cut(situation);
      await situation.untilReloaded();
    },
  },
  {
    name: "Blazor, page left",
    how: "The user goes to a page without a circuit",
    expected: "page left, beacon sent",
    blazor: {},
    async provoke(situation) {
      await count(situation);
      await situation.page.goto(`${situation.proxy.url}/static`);
    },
  },
  {
    name: "Blazor, circuit no longer needed",
    how: "Enhanced navigation to a page without interactive components: after 2 s Blazor ends the circuit",
    expected: "stopped",
    blazor: {},
    path: "island",
    async provoke(situation) {
      await count(situation);
      await situation.page.click("#to-static");
      await situation.untilRecorded(
        "the client's Close",
        (event) => event.kind === "message" && event.type === 7 && event.direction === "out",
      );
    },
  },
];
