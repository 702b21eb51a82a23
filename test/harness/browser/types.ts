export type BrowserName = "chromium" | "firefox";
export type Theme = "light" | "dark";

export type Dock = "window" | "bottom";

/** In CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** What a driver's promise settles to once it is worth continuing. */
export type Truthy<T> = Exclude<T, false | 0 | 0n | "" | null | undefined>;

/**
 * A document that a test acts on as a user would. Actions wait for their element; everything waits up to 30 s.
 * Functions run in the document: they see nothing of the test but their arguments, which travel as JSON like the result.
 */
export interface Target {
  evaluate<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** Polls until `fn` gives something truthy. `what` names it when it never does. */
  waitFor<A extends readonly unknown[], R>(
    what: string,
    fn: (...args: A) => R,
    ...args: A
  ): Promise<Truthy<Awaited<R>>>;
  click(css: string): Promise<void>;
  /** Types at the end of what the field holds already. */
  type(css: string, text: string): Promise<void>;
  /** One key, named as in `KeyboardEvent.key`, with modifiers in front: `Enter`, `f`, `Shift+Tab`. */
  press(key: string): Promise<void>;
  /** Chooses `file` in an `<input type="file">`. */
  upload(css: string, file: string): Promise<void>;
  /** A PNG of what is in view, after resizing the view to `size` for good. */
  screenshot(path: string, size?: Size): Promise<void>;
}

/** A tab. Acting on it as a user brings it to the front; reading and evaluating don't. */
export interface TestPage extends Target {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  url(): Promise<string>;
  /** Makes it the visible tab, which hides the one that was. */
  bringToFront(): Promise<void>;
  /** Opens the developer tools with our panel in front, or gives the one that is open. In a window: 1280 × 720. */
  openPanel(): Promise<Target>;
  /** Closes the developer tools. */
  closePanel(): Promise<void>;
  /** Freezes the hidden tab as the browser does to save energy, and resumes it after `ms`. Chromium only. */
  freeze(ms: number): Promise<void>;
  /** Bytes that scripts of the page, and ours in it, hold after the garbage was collected. Chromium only. */
  heap(): Promise<number>;
  /**
   * Cuts the network: for this page in Chromium, for the whole browser in Firefox. Nothing new connects, but sockets
   * that are open already may go on, as both browsers hold on to them.
   */
  startOffline(): Promise<void>;
  endOffline(): Promise<void>;
  close(): Promise<void>;
}

export interface TestBrowser {
  readonly name: BrowserName;
  /** A new tab in front, loaded. */
  newPage(url: string): Promise<TestPage>;
  /** One of the extension's own documents in a tab, such as `popup.html`. */
  extensionPage(path: string): Promise<TestPage>;
  /** Stops the service worker or event page, as the browser does when it is idle. */
  stopBackground(): Promise<void>;
  /** The developer tools' theme, at once and for panels to come. */
  setTheme(theme: Theme): Promise<void>;
  /** Resolves when the browser has ended, for example because a person closed it. */
  closed(): Promise<void>;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** The unpacked extension, built for this browser; what `npm test` has built when absent. */
  extensionDir?: string;
  /** Without a window; on when absent. */
  headless?: boolean;
  /** Opens the developer tools for each new page by itself. */
  devtools?: boolean;
  /** Where developer tools open: in a window of their own (when absent), or for a person to look at, below the page. */
  dock?: Dock;
  theme?: Theme;
  /** Where downloads land, without asking. */
  downloadDir?: string;
  /** The program to start, when it is not the installed one. */
  executable?: string;
}
