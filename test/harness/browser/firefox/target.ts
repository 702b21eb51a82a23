import { writeFile } from "node:fs/promises";
import path from "node:path";
import { callSource } from "../serialize.ts";
import type { Size, Target } from "../types.ts";
import { until } from "../until.ts";
import { keyActions } from "./keys.ts";
import { clickAt, clickPoint, type ClickPoint } from "./click.ts";
import type { Here, Place, Session } from "./session.ts";

/** A document in Firefox: that of a tab, or that of the panel. */
export class FirefoxTarget implements Target {
  constructor(
    protected readonly session: Session,
    protected readonly place: Place,
  ) {}

  async evaluate<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>> {
    return (await this.session.at(this.place, (here) => here.run(callSource(fn, args)))) as Awaited<R>;
  }

  waitFor<A extends readonly unknown[], R>(what: string, fn: (...args: A) => R, ...args: A) {
    return until(what, () => this.evaluate(fn, ...args));
  }

  async click(css: string): Promise<void> {
    await this.prepare();
    await until(`${css} to be there and in reach`, () =>
      this.session.at(this.place, async (here) => {
        const point = (await here.run(callSource(clickPoint, [css]))) as ClickPoint;
        if (typeof point === "string") throw new Error(point);
        // WebDriver's "click element" leaves an unload listener on the page, which keeps it out of the back/forward cache.
        await here.command("WebDriver:PerformActions", { actions: [clickAt(point)] });
        return true;
      }),
    );
  }

  type(css: string, text: string): Promise<void> {
    return this.act(css, (here, id) => here.command("WebDriver:ElementSendKeys", { id, text }));
  }

  upload(css: string, file: string): Promise<void> {
    return this.type(css, path.resolve(file));
  }

  async press(combination: string): Promise<void> {
    await this.prepare();
    const actions = [{ type: "key", id: "keyboard", actions: keyActions(combination) }];
    await this.session.at(this.place, (here) => here.command("WebDriver:PerformActions", { actions }));
  }

  async screenshot(file: string, size?: Size): Promise<void> {
    await this.prepare();
    if (size) await this.resize(size);
    const { value } = await this.session.at(this.place, (here) =>
      here.command<{ value: string }>("WebDriver:TakeScreenshot", { full: false, hash: false }),
    );
    await writeFile(file, Buffer.from(value, "base64"));
  }

  /** Gives the document's viewport this size. */
  async resize(size: Size): Promise<void> {
    await until("the view's new size", async () => {
      const [width, height] = await this.evaluate(() => [innerWidth, innerHeight] as const);
      if (width === size.width && height === size.height) return true;
      await this.grow(size.width - width, size.height - height);
      return false;
    });
  }

  /** Makes the window of the document larger or, with negative numbers, smaller. */
  protected async grow(width: number, height: number): Promise<void> {
    await this.session.at(this.place, async (here) => {
      const rect = await here.command<Size>("WebDriver:GetWindowRect");
      await here.command("WebDriver:SetWindowRect", {
        width: rect.width + width,
        height: rect.height + height,
      });
    });
  }

  /** Does what a user would have to do before using this document, such as bringing its tab to the front. */
  protected async prepare(): Promise<void> {}

  /** Repeats until the element exists and the action succeeds. */
  private async act(css: string, action: (here: Here, id: string) => Promise<unknown>): Promise<void> {
    await this.prepare();
    await until(`${css} to be there and in reach`, () =>
      this.session.at(this.place, async (here) => {
        const found = await here.command<{ value: Record<string, string> }>("WebDriver:FindElement", {
          using: "css selector",
          value: css,
        });
        const [id] = Object.values(found.value);
        if (id === undefined) return false;
        await action(here, id);
        return true;
      }),
    );
  }
}
