import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MonitorOptions } from "../../../content-script/monitor/api.ts";
import { createStart } from "../../../content-script/monitor/start.ts";

const options: MonitorOptions = { endpoint: "/otlp", sampleRate: 1 };
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
const observing = { observe: () => ({ flush: () => Promise.resolve(), stop: () => undefined }) };

describe("the start of the monitor", () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue(undefined);
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("document", { baseURI: "https://board.example/boards/7" });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    warn.mockClear();
  });

  it("is ready when its observer is there", async () => {
    const monitor = createStart(() => Promise.resolve(observing))(options);
    expect(monitor.sampled).toBe(true);
    expect(await monitor.ready).toBe(true);
    await monitor.flush();
    expect(warn).not.toHaveBeenCalled();
  });

  it("lets an app go on when its observer never comes, and observes when it comes later", async () => {
    const observe = vi.fn(observing.observe);
    let come = (_: { observe: typeof observe }): void => undefined;
    const { ready } = createStart(() => new Promise((resolve) => (come = resolve)))(options);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await ready).toBe(false);
    come({ observe });
    await vi.advanceTimersByTimeAsync(0);
    expect(observe).toHaveBeenCalledOnce();
  });

  it("is ready, and says why, when its observer can't be loaded or throws", async () => {
    const thrown = (): never => {
      throw new Error("no");
    };
    for (const load of [
      () => Promise.reject(new TypeError("404")),
      () => Promise.resolve({ observe: thrown }),
    ]) {
      const monitor = createStart(load)(options);
      expect(await monitor.ready).toBe(false);
      await monitor.flush();
      monitor.stop();
      expect(warn).toHaveBeenCalledOnce();
      warn.mockClear();
    }
  });

  it("doesn't wait for ever for what is sent", async () => {
    const flushed = vi.fn();
    const hanging = { observe: () => ({ flush: () => never<undefined>(), stop: () => undefined }) };
    void createStart(() => Promise.resolve(hanging))(options)
      .flush()
      .then(flushed);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(flushed).toHaveBeenCalledOnce();
  });

  it("is the first one's at a second call, also when that is not sampled", () => {
    const load = vi.fn(() => Promise.resolve(observing));
    const start = createStart(load);
    expect(start({ ...options, sampleRate: 0 }).sampled).toBe(false);
    expect(start(options).sampled).toBe(false);
    expect(load).not.toHaveBeenCalled();
    const other = createStart(load);
    expect(other(options)).toBe(other(options));
    expect(load).toHaveBeenCalledOnce();
  });

  it("doesn't observe with options that make no sense, and says so", () => {
    for (const endpoint of ["", "ftp://x", "https://", "https://me:secret@collector.example", "data:,"]) {
      expect(createStart(never)({ ...options, endpoint }).sampled).toBe(false);
      expect(warn).toHaveBeenLastCalledWith(expect.anything(), expect.stringContaining("/otlp"));
    }
    expect(createStart(never)({ ...options, sampleRate: 10 }).sampled).toBe(false);
    expect(warn).toHaveBeenLastCalledWith(expect.anything(), expect.stringContaining("sampleRate"));
    for (const endpoint of ["otlp", "/otlp/", "https://collector.example:4318?key=a@b"])
      expect(createStart(never)({ ...options, endpoint }).sampled).toBe(true);
  });

  it("does nothing in Node", () => {
    vi.stubGlobal("document", undefined);
    expect(createStart(never)(options).sampled).toBe(false);
    expect(warn).not.toHaveBeenCalled();
  });
});
