export type BrowserName = "chromium" | "firefox";
export type Theme = "light" | "dark";

export type Dock = "window" | "bottom";

/** A size in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** A value that ends the polling of `waitFor`: anything truthy. */
export type Truthy<T> = Exclude<T, false | 0 | 0n | "" | null | undefined>;

/**
 * A document that a test uses like a user. Actions wait for their element; all waits end after 30 s.
 * Functions run in the document: of the test they can use only their arguments. Arguments and results are sent as JSON.
 */
export interface Target {
  evaluate<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** Polls until `fn` returns something truthy. `what` describes it in the error message of a timeout. */
  waitFor<A extends readonly unknown[], R>(
    what: string,
    fn: (...args: A) => R,
    ...args: A
  ): Promise<Truthy<Awaited<R>>>;
  click(css: string): Promise<void>;
  /** Appends text to the current value of the field by typing. */
  type(css: string, text: string): Promise<void>;
  /** Presses one key, named as in `KeyboardEvent.key`, with modifiers in front: `Enter`, `f`, `Shift+Tab`. */
  press(key: string): Promise<void>;
  /** Chooses `file` in an `<input type="file">`. */
  upload(css: string, file: string): Promise<void>;
  /** Saves a PNG of the viewport. If `size` is given, the viewport is resized first, and keeps that size. */
  screenshot(path: string, size?: Size): Promise<void>;
}

/** A tab. User actions bring it to the front; reading and evaluating don't. */
export interface TestPage extends Target {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  url(): Promise<string>;
  /** Makes this the visible tab; the tab that was visible becomes hidden. */
  bringToFront(): Promise<void>;
  /** Opens the developer tools with our panel in front, unless they are open already. A separate window measures 1280 × 720. */
  openPanel(): Promise<Target>;
  /** Closes the developer tools. */
  closePanel(): Promise<void>;
  /** Freezes the hidden tab, as Chromium does to save energy, and resumes it after `ms`. Chromium only. */
  freeze(ms: number): Promise<void>;
  /** Size of the JavaScript heap (page and our scripts in it) in bytes after a garbage collection. Chromium only. */
  heap(): Promise<number>;
  /** What scripts of any world have on the page: listeners on its window and document, and message ports. Chromium only. */
  leftBehind(): Promise<{ readonly listeners: string[]; readonly ports: number }>;
  /** Opens a trace in the Performance panel of the open developer tools, and waits for its tracks. Only Chromium has one. */
  openTrace(file: string): Promise<readonly PerformanceTrack[]>;
  /**
   * Goes offline: only this page in Chromium, the whole browser in Firefox. New connections fail, but sockets
   * that are already open may stay open in both browsers.
   */
  startOffline(): Promise<void>;
  endOffline(): Promise<void>;
  close(): Promise<void>;
}

/** A track as the Performance panel shows it. */
export interface PerformanceTrack {
  readonly name: string;
  /** Titles of what it shows, in order of time. */
  readonly entries: readonly string[];
}

export interface TestBrowser {
  readonly name: BrowserName;
  /** Opens a new tab in front and waits until the page is loaded. */
  newPage(url: string): Promise<TestPage>;
  /** Opens one of the extension's own documents in a tab, such as `popup.html`. */
  extensionPage(path: string): Promise<TestPage>;
  /** Waits for a document of the extension that the extension itself has opened, such as `panel.html?tabId=1&`. */
  openedPage(pathStart: string): Promise<TestPage>;
  /** Stops the extension's service worker or event page, as the browser does when it is idle. */
  stopBackground(): Promise<void>;
  /** Whether the extension's service worker or event page is running, or is being started. */
  backgroundRuns(): Promise<boolean>;
  /** Sets the theme of the developer tools and of extension pages, for those that are open and for those opened later. */
  setTheme(theme: Theme): Promise<void>;
  /** Resolves when the browser has ended, for example when a person closed it. */
  closed(): Promise<void>;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** Folder of the unpacked extension for this browser; when absent, the one that `npm test` built. */
  extensionDir?: string;
  /** Whether to run without a window; true when absent. */
  headless?: boolean;
  /** Whether to open the developer tools automatically for each new page. */
  devtools?: boolean;
  /** Where developer tools open: in a separate window (default), or below the page, for a person to look at. */
  dock?: Dock;
  theme?: Theme;
  /** Folder for downloads; the browser doesn't ask. */
  downloadDir?: string;
  /** Reject certificates that a user's browser would reject; Firefox accepts any when absent. */
  checksCertificates?: boolean;
  /** Path of the browser to start, if it isn't the installed one. */
  executable?: string;
}
