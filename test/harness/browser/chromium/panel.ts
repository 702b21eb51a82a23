import type { Frame, Page } from "puppeteer-core";
import type { Size } from "../types.ts";
import { until } from "../until.ts";
import { ChromiumTarget } from "./target.ts";

/** Our panel in DevTools. For puppeteer, DevTools is a page, and the panel is a frame in it. */
export class ChromiumPanel extends ChromiumTarget {
  constructor(
    readonly devtools: Page,
    private readonly frame: Frame,
  ) {
    super(devtools, () => frame);
  }

  /** Gives the panel itself this size, whatever DevTools shows around it. */
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
    // The panel is painted in the new size with the next animation frame, and is on the screen after it.
    await this.frame.evaluate(
      "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())))",
    );
    const element = await this.frame.frameElement();
    const clip = await element?.boundingBox();
    if (!clip) throw new Error("the panel is not in view");
    // `captureBeyondViewport` would resize the view for a moment, and the panel's frame is sometimes still empty then.
    await this.devtools.screenshot({ path, clip, captureBeyondViewport: false });
  }

  // DevTools is a window of its own and already in front: nothing to do.
  protected override async prepare(): Promise<void> {}
}

async function viewSize(view: Frame | Page): Promise<Size> {
  return (await view.evaluate("({ width: innerWidth, height: innerHeight })")) as Size;
}
