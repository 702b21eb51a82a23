import type { Frame, Page } from "puppeteer-core";
import type { Size } from "../types.ts";
import { until } from "../until.ts";
import { ChromiumTarget } from "./target.ts";

/** Our panel in DevTools, which puppeteer sees as a page with the panel in a frame. */
export class ChromiumPanel extends ChromiumTarget {
  constructor(
    readonly devtools: Page,
    private readonly frame: Frame,
  ) {
    super(devtools, () => frame);
  }

  /** Makes the panel itself `size`, whatever DevTools puts around it. */
  async resize(size: Size): Promise<void> {
    await until("the panel's new size", async () => {
      const inner = await viewSize(this.frame);
      if (inner.width === size.width && inner.height === size.height) return true;
      const outer = await viewSize(this.devtools);
      await this.devtools.setViewport({
        width: outer.width + size.width - inner.width,
        height: outer.height + size.height - inner.height,
      });
      return false;
    });
  }

  override async screenshot(path: string, size?: Size): Promise<void> {
    if (size) await this.resize(size);
    // What is drawn anew for this size comes with the next frame, and is on the screen after it.
    await this.frame.evaluate(
      "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())))",
    );
    const element = await this.frame.frameElement();
    const clip = await element?.boundingBox();
    if (!clip) throw new Error("the panel is not in view");
    // Going beyond the view resizes it for a moment, and the panel's frame is then at times still empty.
    await this.devtools.screenshot({ path, clip, captureBeyondViewport: false });
  }

  // DevTools is in front of whatever is being tested: nothing to do, and nothing to disturb.
  protected override async prepare(): Promise<void> {}
}

async function viewSize(view: Frame | Page): Promise<Size> {
  return (await view.evaluate("({ width: innerWidth, height: innerHeight })")) as Size;
}
