import { patienceMs } from "../until.ts";
import type { Marionette } from "./marionette.ts";

/** A document to act on: a tab by its window handle, or any other browsing context by its id. */
export type Place = { handle: string } | { browsingContext: number };

/** Runs commands in one document. Only valid inside the callback that receives it. */
export interface Here {
  command<T>(name: string, parameters?: object): Promise<T>;
  /** The value of a JavaScript expression, which may be a promise. */
  run(expression: string): Promise<unknown>;
}

/**
 * Marionette has only one current document. Callers take turns: each has the session to itself until it is done, so
 * that tests may act on several tabs and panels at once.
 */
export class Session {
  private turn: Promise<unknown> = Promise.resolve();
  /** Marionette's current document. Pointing it at a panel costs as much as four evaluations, and tests that wait poll the same one. */
  private current: Place | undefined;

  constructor(private readonly marionette: Marionette) {}

  /** @param anyCertificate accept certificates that a user's browser would reject */
  async start(anyCertificate = true): Promise<void> {
    await this.marionette.send("WebDriver:NewSession", { acceptInsecureCerts: anyCertificate });
    await this.marionette.send("WebDriver:SetTimeouts", { script: patienceMs, pageLoad: patienceMs });
  }

  /** Runs `act` in a document, without bringing its tab to the front. */
  at<T>(place: Place, act: (here: Here) => Promise<T>): Promise<T> {
    return this.takeTurn(async () => {
      try {
        await this.pointAt(place);
        return await act({
          command: (name, parameters) => this.marionette.send(name, parameters),
          run: (expression) => this.script(`return await (${expression});`, [], {}),
        });
      } catch (error) {
        // The document may be gone: whoever tries again, points at it again.
        this.current = undefined;
        throw error;
      }
    });
  }

  /** Runs a function body with full rights in Firefox's own interface; `args` holds the arguments. */
  browser(body: string, ...args: unknown[]): Promise<unknown> {
    return this.takeTurn(() => this.inBrowser(body, args));
  }

  command<T>(name: string, parameters?: object): Promise<T> {
    return this.takeTurn(() => this.marionette.send<T>(name, parameters));
  }

  private async pointAt(place: Place): Promise<void> {
    if (this.current === place) return;
    if ("handle" in place) {
      await this.marionette.send("WebDriver:SwitchToWindow", { handle: place.handle, focus: false });
    } else {
      await this.inBrowser(pointSessionAt, [place.browsingContext]);
    }
    this.current = place;
  }

  private takeTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.turn.then(act);
    // The next caller gets its turn even if this one fails; the failure goes to its own caller.
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async inBrowser(body: string, args: unknown[]): Promise<unknown> {
    await this.marionette.send("Marionette:SetContext", { value: "chrome" });
    try {
      return await this.script(body, args, { sandbox: "system", newSandbox: true });
    } finally {
      await this.marionette.send("Marionette:SetContext", { value: "content" });
    }
  }

  private async script(body: string, args: unknown[], options: object): Promise<unknown> {
    const script = `
      const done = arguments[arguments.length - 1];
      const args = [...arguments].slice(0, -1);
      (async () => { ${body} })().then(
        (value) => done(value === undefined ? {} : { value }),
        (error) => done({ error: String(error) + "\\n" + (error?.stack ?? "") }));`;
    const answer = await this.marionette.send<{ value: { value?: unknown; error?: string } }>(
      "WebDriver:ExecuteAsyncScript",
      { script, args, ...options },
    );
    if (answer.value.error !== undefined) throw new Error(answer.value.error);
    return answer.value.value;
  }
}

// WebDriver can only switch to tabs and their frames. A panel is neither, so this sets the current document directly.
const pointSessionAt = `
  const { Marionette } = ChromeUtils.importESModule("chrome://remote/content/components/Marionette.sys.mjs");
  const session = [...Marionette.server.conns].map((connection) => connection.driver.currentSession).find(Boolean);
  const browsingContext = BrowsingContext.get(args[0]);
  if (!browsingContext) throw new Error("that document is gone");
  session.contentBrowsingContext = browsingContext;`;
