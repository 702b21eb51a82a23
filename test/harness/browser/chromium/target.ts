import type { Frame, Page, KeyInput } from "puppeteer-core";
import { parseKey } from "../keys.ts";
import { callSource } from "../serialize.ts";
import type { Size, Target } from "../types.ts";
import { patienceMs, until } from "../until.ts";

/** A document in Chromium: a tab's main frame, or the panel's frame inside the DevTools page. */
export class ChromiumTarget implements Target {
  constructor(
    /** The page that receives keyboard input and of which screenshots are taken. */
    protected readonly host: Page,
    private readonly findFrame: () => Frame,
  ) {}

  async evaluate<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>> {
    return (await this.findFrame().evaluate(callSource(fn, args))) as Awaited<R>;
  }

  waitFor<A extends readonly unknown[], R>(what: string, fn: (...args: A) => R, ...args: A) {
    return until(what, () => this.evaluate(fn, ...args));
  }

  async click(css: string): Promise<void> {
    const element = await this.find(css);
    await element.click();
  }

  async type(css: string, text: string): Promise<void> {
    const element = await this.find(css);
    await element.focus();
    await element.evaluate((field) => {
      // Fields of other types have no caret that could be moved.
      if (
        field instanceof HTMLTextAreaElement ||
        (field instanceof HTMLInputElement && field.type === "text")
      ) {
        field.setSelectionRange(field.value.length, field.value.length);
      }
    });
    await element.type(text);
  }

  async press(combination: string): Promise<void> {
    await this.prepare();
    const { modifiers, key } = parseKey(combination);
    for (const modifier of modifiers) await this.host.keyboard.down(modifier as KeyInput);
    // Puppeteer doesn't change a letter to upper case when Shift is pressed.
    const typed = modifiers.includes("Shift") && key.length === 1 ? key.toUpperCase() : key;
    await this.host.keyboard.press(typed as KeyInput);
    for (const modifier of modifiers.reverse()) await this.host.keyboard.up(modifier as KeyInput);
  }

  async upload(css: string, file: string): Promise<void> {
    const element = await this.find(css, false);
    await (element as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file);
  }

  async screenshot(path: string, size?: Size): Promise<void> {
    await this.prepare();
    if (size) await this.host.setViewport(size);
    await this.host.screenshot({ path });
  }

  /** Does what a user would have to do before using this document, such as bringing its tab to the front. */
  protected async prepare(): Promise<void> {
    await this.host.bringToFront();
  }

  private async find(css: string, visible = true) {
    await this.prepare();
    const element = await this.findFrame().waitForSelector(css, { visible, timeout: patienceMs });
    if (!element) throw new Error(`${css} went away`);
    return element;
  }
}
