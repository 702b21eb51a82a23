// @vitest-environment happy-dom
import { later } from "./in-a-page.ts";
import * as newest from "@microsoft/signalr";
import { afterEach, describe, expect, it, vi } from "vitest";
import { watchApp, type AppWatch } from "../../../content-script/hook/client/hub-app.ts";
import { createMistakes } from "../../../content-script/hook/client/mistakes.ts";
import { createRecorder } from "../../../content-script/hook/record/recorder.ts";
import type { PageHub } from "../../../content-script/sentinel/probe.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";

/** A HubConnection of the real client that isn't connected, and what is recorded of it. */
function watched(payloads = true) {
  const log = vi.fn();
  const hub = new newest.HubConnectionBuilder()
    .withUrl("http://host.test/hub")
    .configureLogging({ log })
    .build();
  const events: RecordedEvent[] = [];
  const recorder = createRecorder({ send: (sent) => void events.push(...sent), idle: () => true });
  recorder.mode = { ...recorder.mode, payloads };
  const app: AppWatch = watchApp(hub as unknown as PageHub, 1, recorder, createMistakes(1, recorder));
  return {
    hub,
    log,
    app,
    /** As if the server called this client method. */
    receives: (target: string, ...args: readonly unknown[]) =>
      (hub as unknown as { _invokeClientMethod(message: object): Promise<void> })._invokeClientMethod({
        type: 1,
        target,
        arguments: args,
      }),
    async recorded(kind: RecordedEvent["kind"]): Promise<object[]> {
      await later(2_000);
      return events
        .filter((event) => event.kind === kind)
        .map(({ seq: _seq, t: _t, kind: _kind, ...event }) => event);
    },
  };
}

describe("mistakes of the app", () => {
  it("a message without a handler is recorded, at most once a second, with a count", async () => {
    const { receives, recorded, log } = watched();
    for (let i = 0; i < 50; i++) await receives("Tick", i);
    expect(await recorded("app-mistake")).toEqual([
      { hub: 1, mistake: "no-handler", target: "tick", count: 1 },
      { hub: 1, mistake: "no-handler", target: "tick", count: 49 },
    ]);
    // The app's logger gets every text, as before.
    expect(log).toHaveBeenCalledTimes(50);
    expect(log).toHaveBeenLastCalledWith(
      newest.LogLevel.Warning,
      "No client method with the name 'tick' found.",
    );
  });

  it("a handler that throws, with its error only where payloads are recorded", async () => {
    for (const payloads of [true, false]) {
      const { hub, receives, recorded } = watched(payloads);
      hub.on("Tick", () => {
        throw new Error("no 'price' in it");
      });
      await receives("Tick");
      expect(await recorded("app-mistake")).toMatchObject([
        {
          mistake: "handler-threw",
          target: "tick",
          ...(payloads ? { error: "Error: no 'price' in it" } : {}),
        },
      ]);
    }
  });

  it("several handlers for one target, as often as their number changes", async () => {
    const { hub, app, recorded } = watched();
    const add = (): void => {
      hub.on("Tick", () => undefined);
    };
    add();
    hub.on("Other", () => undefined);
    app.changed("Connected");
    add();
    add();
    app.changed("Connected");
    app.changed("Connected");
    await later(2_000);
    add();
    app.changed("Connected");
    add();
    app.changed("Connected");
    expect(await recorded("app-mistake")).toEqual([
      { hub: 1, mistake: "handlers-doubled", target: "tick", count: 3 },
      { hub: 1, mistake: "handlers-doubled", target: "tick", count: 4 },
      { hub: 1, mistake: "handlers-doubled", target: "tick", count: 5 },
    ]);
  });

  it("nothing of the app's own objects is run to find them", async () => {
    const { hub, app, recorded } = watched();
    const read = vi.fn(() => [() => undefined]);
    const policy = Object.defineProperty({}, "delays", { enumerable: true, get: read });
    Object.assign(hub, { ofTheApp: policy });
    hub.on("Tick", () => undefined);
    hub.on("Tick", () => undefined);
    app.changed("Connected");
    expect(read).not.toHaveBeenCalled();
    expect(await recorded("app-mistake")).toHaveLength(1);
  });

  it("are no longer heard once it is released, and the app's logger is back", async () => {
    const { app, receives, recorded, log } = watched();
    app.release();
    await receives("Tick");
    expect(await recorded("app-mistake")).toEqual([]);
    expect(log).toHaveBeenCalledTimes(1);
    app.watch();
    await receives("Tick");
    expect(await recorded("app-mistake")).toHaveLength(1);
  });
});

describe("places of calls", () => {
  const before = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  /** The test runner has its own. */
  const stacksBy = (own: (() => string) | undefined): void => {
    Reflect.deleteProperty(Error, "prepareStackTrace");
    if (own) Error.prepareStackTrace = own;
  };
  afterEach(() => {
    stacksBy(undefined);
    if (before) Object.defineProperty(Error, "prepareStackTrace", before);
  });

  const start = (app: AppWatch): void => {
    app.changed("Connecting");
  };

  it("are recorded once each, with the page's frames", async () => {
    stacksBy(undefined);
    const { app, recorded } = watched();
    for (let i = 0; i < 5; i++) start(app);
    app.changed("Disconnecting");
    app.changed("Connected");
    const sites = (await recorded("call-site")) as { method: string; stack: string }[];
    expect(sites.map(({ method }) => method)).toEqual(["start", "stop"]);
    expect(sites[0]?.stack).toContain("hub-app.test.ts");
  });

  it("aren't looked for while no payloads are recorded", async () => {
    stacksBy(undefined);
    const { app, recorded } = watched(false);
    start(app);
    expect(await recorded("call-site")).toEqual([]);
  });

  it("aren't looked for where the page writes its own stacks: it would see ours", async () => {
    const own = vi.fn(() => "own");
    stacksBy(own);
    const { app, recorded } = watched();
    start(app);
    expect(await recorded("call-site")).toEqual([]);
    expect(own).not.toHaveBeenCalled();
  });
});
