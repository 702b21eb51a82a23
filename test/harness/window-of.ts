/** The panel in a window of its own, opened as a user does: by the button in the popup of the toolbar button. */
import { until, type TestBrowser, type TestPage } from "./browser/index.ts";
import { PanelSession } from "./panel-session.ts";

/** What tests ask of the extension API, in a document of the extension. Both browsers have these, under `chrome`. */
interface Api {
  readonly tabs: {
    query(what: object): Promise<readonly Tab[]>;
    discard(id: number): Promise<Tab | undefined>;
    update(id: number, change: { readonly active: boolean }): Promise<unknown>;
    remove(id: number): Promise<void>;
  };
  readonly windows: {
    get(id: number): Promise<OpenedWindow>;
    update(id: number, change: { readonly state: string }): Promise<unknown>;
  };
}
interface OpenedWindow {
  readonly id: number;
  readonly focused: boolean;
  readonly state: string;
  readonly type: string;
}
interface Tab {
  readonly id: number;
  readonly url?: string;
  readonly windowId: number;
}

declare global {
  interface Window {
    readonly chrome: Api;
  }
}

/** The id that the browser has given to the tab of this page. */
export async function tabIdOf(reader: TestPage, page: TestPage): Promise<number> {
  const url = await page.url();
  const id = await reader.evaluate(
    async (wanted) => (await window.chrome.tabs.query({})).find((tab) => tab.url === wanted)?.id,
    url,
  );
  if (id === undefined) throw new Error(`no tab shows ${url}`);
  return id;
}

/** @param open does with the popup what opens the window */
export async function openWindow(
  browser: Pick<TestBrowser, "extensionPage" | "openedPage">,
  tabId: number,
  open: (popup: TestPage) => Promise<void> = (popup) => popup.click('[data-testid="open-window"]'),
): Promise<PanelSession> {
  await open(await browser.extensionPage(`popup.html?tabId=${tabId}`)).catch((error: unknown) => {
    // The popup closes itself with the click, maybe before the browser has answered it. The window shows whether it has worked.
    if (!String(error).includes("Target closed")) throw error;
  });
  return new PanelSession(await browser.openedPage(`panel.html?tabId=${tabId}&`));
}

/** The windows with the panel of this tab. */
export function windowsOf(reader: TestPage, tabId: number): Promise<OpenedWindow[]> {
  return reader.evaluate(async (id) => {
    const tabs = await window.chrome.tabs.query({});
    const own = tabs.filter(({ url }) => url?.includes(`/panel.html?tabId=${id}&`));
    return Promise.all(own.map(({ windowId }) => window.chrome.windows.get(windowId)));
  }, tabId);
}

/** Discards the tab. @returns its id after that */
export async function discardTab(reader: TestPage, tabId: number): Promise<number> {
  const now = await reader.evaluate(async (id) => (await window.chrome.tabs.discard(id))?.id, tabId);
  return now ?? tabId;
}

/** Goes to the tab, which loads a discarded one again. */
export const goToTab = (reader: TestPage, tabId: number): Promise<unknown> =>
  reader.evaluate((id) => window.chrome.tabs.update(id, { active: true }).then(() => true), tabId);

/** Waits for the text of a payload in the list of messages. */
export async function waitForPayload(panel: PanelSession, text: string): Promise<void> {
  await panel.tab("messages");
  await until(`the payload ${text}`, () =>
    panel.target.evaluate((wanted) => document.body.innerText.includes(wanted), text),
  );
}

export async function minimizeWindow(reader: TestPage, tabId: number): Promise<void> {
  for (const { id } of await windowsOf(reader, tabId))
    await reader.evaluate(
      (own) => window.chrome.windows.update(own, { state: "minimized" }).then(() => true),
      id,
    );
}

export const closeTab = (reader: TestPage, tabId: number): Promise<unknown> =>
  reader.evaluate((id) => window.chrome.tabs.remove(id).then(() => true), tabId);
