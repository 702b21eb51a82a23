import type { Dock, Target, TestPage } from "../types.ts";
import {
  closePanelScript,
  growToolboxScript,
  openPanelScript,
  selectTabScript,
  setOfflineScript,
  urlScript,
} from "./interface-scripts.ts";
import type { Session } from "./session.ts";
import { FirefoxTarget } from "./target.ts";

/** A tab of Firefox. */
export class FirefoxPage extends FirefoxTarget implements TestPage {
  private panel: FirefoxPanel | undefined;

  constructor(
    session: Session,
    private readonly handle: string,
    private readonly extensionId: string,
    private readonly dock: Dock,
  ) {
    super(session, { handle });
  }

  goto(url: string): Promise<void> {
    return this.command("WebDriver:Navigate", { url });
  }

  reload(): Promise<void> {
    return this.command("WebDriver:Refresh");
  }

  back(): Promise<void> {
    return this.command("WebDriver:Back");
  }

  async url(): Promise<string> {
    return (await this.session.browser(urlScript, this.handle)) as string;
  }

  async bringToFront(): Promise<void> {
    const before = (await this.session.browser(selectTabScript, this.handle)) as string;
    // Both pages learn of it a moment later, each in its own process.
    await this.waitFor("the tab to be visible", () => document.visibilityState === "visible");
    if (before === this.handle) return;
    await new FirefoxTarget(this.session, { handle: before }).waitFor(
      "the tab that was in front to be hidden",
      () => document.visibilityState === "hidden",
    );
  }

  async openPanel(): Promise<Target> {
    if (this.panel) return this.panel;
    const context = await this.session.browser(openPanelScript, this.handle, this.extensionId, this.dock);
    const panel = new FirefoxPanel(this.session, context as number, this.handle);
    await panel.waitFor("the panel to load", () => document.readyState === "complete");
    if (this.dock === "window") await panel.resize({ width: 1280, height: 720 });
    this.panel = panel;
    return panel;
  }

  async closePanel(): Promise<void> {
    await this.session.browser(closePanelScript, this.handle);
    this.panel = undefined;
  }

  freeze(): Promise<void> {
    return Promise.reject(new Error("Firefox never freezes a tab"));
  }

  leftBehind(): Promise<never> {
    throw new Error("Firefox can't tell this.");
  }

  heap(): Promise<number> {
    return Promise.reject(new Error("Firefox doesn't tell"));
  }

  openTrace(): Promise<never> {
    return Promise.reject(new Error("Firefox has no Performance panel that opens such traces"));
  }

  async startOffline(): Promise<void> {
    await this.session.browser(setOfflineScript, true);
  }

  async endOffline(): Promise<void> {
    await this.session.browser(setOfflineScript, false);
  }

  async close(): Promise<void> {
    if (this.panel) await this.closePanel();
    await this.command("WebDriver:CloseWindow");
  }

  protected override prepare(): Promise<void> {
    return this.bringToFront();
  }

  private async command(name: string, parameters?: object): Promise<void> {
    await this.session.at(this.place, (here) => here.command(name, parameters));
  }
}

/** Our panel in a toolbox window of its own. */
class FirefoxPanel extends FirefoxTarget {
  constructor(
    session: Session,
    browsingContext: number,
    private readonly tabHandle: string,
  ) {
    super(session, { browsingContext });
  }

  protected override async grow(width: number, height: number): Promise<void> {
    await this.session.browser(growToolboxScript, this.tabHandle, width, height);
  }
}
