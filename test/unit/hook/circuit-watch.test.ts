// @vitest-environment happy-dom
import { later } from "./in-a-page.ts";
import { encode } from "@msgpack/msgpack";
import { beforeEach, describe, expect, it } from "vitest";
import { watchReconnectUi } from "../../../content-script/hook/page/blazor.ts";
import { hookBeacon } from "../../../content-script/hook/patch/beacon.ts";
import { createConnectionRecorder } from "../../../content-script/hook/record/connection-recorder.ts";
import { createRecorder } from "../../../content-script/hook/record/recorder.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { tokenHash } from "../../../extension/core/redaction/token-hash.ts";

const ID = "CfDJ8Nq3-circuit-secret-4711";

/** A MessagePack hub message with its length before it (all of these are shorter than 128 bytes). */
function frame(...message: readonly unknown[]): Uint8Array {
  const body = encode(message);
  return new Uint8Array([body.length, ...body]);
}
const call = (id: string, target: string, ...args: readonly unknown[]): Uint8Array =>
  frame(1, {}, id, target, args, []);
const answer = (id: string, result: unknown): Uint8Array => frame(3, {}, id, 3, result);

function connection(protocol = "blazorpack") {
  const events: RecordedEvent[] = [];
  const recorder = createRecorder({ send: (sent) => void events.push(...sent), idle: () => true });
  recorder.lookAtBlazor = watchReconnectUi(recorder);
  const log = createConnectionRecorder(
    { id: 1, transport: "WebSockets", url: "ws://host.test/_blazor", at: Date.now(), request: undefined },
    recorder,
  );
  log.sent(`{"protocol":"${protocol}","version":1}\x1e`, 0);
  log.received(new TextEncoder().encode("{}\x1e"), 0);
  return {
    log,
    async recorded(): Promise<RecordedEvent[]> {
      recorder.flush();
      await later(1_000);
      return events;
    },
    async circuits(): Promise<unknown[]> {
      recorder.flush();
      await later(1_000);
      return events
        .filter(({ kind }) => /^(circuit|reconnect)/.test(kind))
        .map(({ seq: _seq, t: _t, ...event }) => event);
    },
  };
}

beforeEach(() => {
  document.body.innerHTML = "";
});

describe("calls about a circuit", () => {
  it("are recorded with their answers", async () => {
    const { log, circuits } = connection();
    log.sent(call("0", "StartCircuit", "http://host.test/", "http://host.test/counter", "[]", ""), 0);
    log.received(answer("0", ID), 0);
    log.sent(call("1", "ConnectCircuit", ID), 0);
    log.received(answer("1", false), 0);
    log.sent(call("2", "PauseCircuit"), 0);
    log.received(answer("2", true), 0);
    log.sent(call("3", "ResumeCircuit", ID, "http://host.test/", "http://host.test/", "[]", ""), 0);
    log.received(answer("3", null), 0);
    const circuit = tokenHash(ID);
    const of = { kind: "circuit", socket: 1 };
    expect(await circuits()).toEqual([
      { ...of, method: "StartCircuit", step: "called" },
      { ...of, method: "StartCircuit", step: "accepted", circuit },
      { ...of, method: "ConnectCircuit", step: "called", circuit },
      { ...of, method: "ConnectCircuit", step: "refused" },
      { ...of, method: "PauseCircuit", step: "called" },
      { ...of, method: "PauseCircuit", step: "accepted" },
      { ...of, method: "ResumeCircuit", step: "called", circuit },
      { ...of, method: "ResumeCircuit", step: "refused" },
    ]);
  });

  it("are recorded with the error of their answer", async () => {
    const { log, circuits } = connection();
    log.sent(call("0", "StartCircuit", "", "", "[]", ""), 0);
    log.received(frame(3, {}, "0", 1, "An unexpected error occurred"), 0);
    expect((await circuits())[1]).toMatchObject({ step: "failed", error: "An unexpected error occurred" });
  });

  it("leave the circuit's id, which is a secret, in no text and no payload", async () => {
    const { log, recorded } = connection();
    log.sent(call("0", "StartCircuit", "", "", "[]", ""), 0);
    log.received(answer("0", ID), 0);
    log.sent(call("1", "ConnectCircuit", ID), 0);
    log.received(call("", "JS.Error", `Circuit ${ID} not found`), 0);
    const events = await recorded();
    const payloads = events.flatMap((event) =>
      event.kind === "message" && event.binary !== undefined ? [atob(event.binary)] : [],
    );
    expect(payloads.length).toBeGreaterThan(3);
    expect(JSON.stringify(events) + payloads.join()).not.toContain(ID);
  });

  it("are ordinary messages for another protocol", async () => {
    const { log, circuits } = connection("messagepack");
    log.sent(call("0", "StartCircuit", "", "", "[]", ""), 0);
    log.received(answer("0", ID), 0);
    expect(await circuits()).toEqual([]);
  });

  it("may be anything: other arguments and answers are harmless", async () => {
    const { log, circuits } = connection();
    log.sent(call("0", "ConnectCircuit"), 0);
    log.received(answer("0", { a: [1] }), 0);
    log.sent(call("1", "ConnectCircuit", { id: ID }), 0);
    log.received(frame(3, {}, "1", 2), 0);
    log.received(answer("7", ID), 0);
    log.received(call("", "JS.Error"), 0);
    expect(await circuits()).toMatchObject([
      { step: "called" },
      { step: "refused" },
      { step: "called" },
      { step: "refused" },
      { kind: "circuit-error", error: "" },
    ]);
  });
});

describe("Blazor's reconnect UI", () => {
  it("is followed by its CSS classes, once the connection is lost", async () => {
    document.body.innerHTML = `<dialog id="components-reconnect-modal" class="modal"></dialog>`;
    const dialog = document.querySelector("dialog");
    const { log, circuits } = connection();
    log.closed({ code: 1006, reason: "", wasClean: false });
    const show = async (...names: readonly string[]): Promise<void> => {
      if (dialog) dialog.className = names.map((name) => `components-reconnect-${name}`).join(" ");
      await later(10);
    };
    await show("show");
    await show("show", "retrying");
    await show("show", "retrying");
    await show("rejected");
    await show("hide");
    expect(await circuits()).toEqual([
      { kind: "reconnect-ui", state: "show" },
      { kind: "reconnect-ui", state: "retrying" },
      { kind: "reconnect-ui", state: "rejected" },
      { kind: "reconnect-ui", state: "hide" },
    ]);
  });
});

describe("Blazor's disconnect beacon", () => {
  it("is noticed, and sent as before", () => {
    const sent: unknown[] = [];
    Navigator.prototype.sendBeacon = (url) => sent.push(url) > 0;
    let left = 0;
    hookBeacon(() => {
      left++;
    });
    expect(navigator.sendBeacon("/analytics")).toBe(true);
    expect(left).toBe(0);
    expect(navigator.sendBeacon("_blazor/disconnect", new FormData())).toBe(true);
    expect(left).toBe(1);
    expect(sent).toEqual(["/analytics", "_blazor/disconnect"]);
  });
});

describe("an exception", () => {
  it.each([
    [
      "System.InvalidOperationException: No price for Ada.\n   at Board.Throw() in /src/Board.razor:line 35",
      "System.InvalidOperationException",
    ],
    [
      "There was an unhandled exception on the current circuit, so …",
      "There was an unhandled exception on the current circuit",
    ],
    ["anything else", ""],
  ])("is recorded without its message: %s", async (text, error) => {
    const { log, circuits } = connection();
    log.received(call("", "JS.Error", text), 0);
    expect(await circuits()).toEqual([{ kind: "circuit-error", socket: 1, error }]);
  });
});
