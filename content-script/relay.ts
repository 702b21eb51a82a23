/**
 * The relay: runs in the isolated world of every frame, between the hook (hostile surroundings) and the background (may be
 * stopped at any time). It hands the private port to the hook, checks what comes through it, and keeps every event until the
 * background has acknowledged that it is stored.
 */
import type { FaultAnswer, HookToRelay, RelayToHook } from "../extension/core/hook-messages.ts";
import { checkEvents, isObject } from "../extension/core/guards.ts";
import type { BackgroundToRelay, LoadFaults, RelayIdentity } from "../extension/messaging/protocol.ts";
import { createDelivery } from "./delivery.ts";
import { meetHook } from "./meeting.ts";
import { onMessage, sendMessage } from "./runtime.ts";

/** How long the hook may take to answer a fault command. */
const ANSWER_TIMEOUT = 5_000;

const page = randomId();
const port = meetHook((text) => {
  delivery.addLast(checkEvents(parse(text)));
});
const delivery = createDelivery(page, (mode) => {
  send({ type: "mode", mode });
  // A suspension can hold only timers that are armed after this.
  if (mode.payloads && delivery.active) void loadFaults();
});
const calls = new Map<number, (answer: FaultAnswer) => void>();
let lastCall = 0;

function send(message: RelayToHook): void {
  port.postMessage(message);
}

port.onmessage = ({ data }: MessageEvent<unknown>) => {
  if (!isObject(data)) return;
  const message = data as Partial<HookToRelay>;
  if (message.type === "events") {
    delivery.add(checkEvents(message.events));
    if (typeof message.batch === "number") send({ type: "got", batch: message.batch });
  } else if (message.type === "reply" && typeof message.call === "number" && isObject(message.answer))
    calls.get(message.call)?.(readAnswer(message.answer));
};

onMessage((message) =>
  isObject(message) && message["to"] === "relay" ? obey(message as BackgroundToRelay) : undefined,
);

function obey(message: BackgroundToRelay): Promise<unknown> | undefined {
  switch (message.type) {
    case "who":
      return window === window.top
        ? Promise.resolve<RelayIdentity>({
            page,
            url: location.href,
            origin: location.origin,
            active: delivery.active,
          })
        : undefined;
    case "mode":
      if (!delivery.active) return undefined;
      send({ type: "mode", mode: message.mode });
      if (message.mode.payloads) void loadFaults();
      return undefined;
    case "lease":
      if (delivery.active) send({ type: "lease", duration: message.duration });
      return undefined;
    case "network":
      if (message.asks) return ask((call) => ({ type: "network", note: message.note, call }));
      send({ type: "network", note: message.note });
      return undefined;
    case "inject":
      if (message.page !== page) return undefined;
      return loadFaults().then(() => ask((call) => ({ type: "inject", call, command: message.command })));
    case "end-fault":
      if (message.page !== null && message.page !== page) return undefined;
      return ask((call) => ({ type: "end-fault", call, fault: message.fault, why: message.why }));
  }
}

function ask(message: (call: number) => RelayToHook): Promise<FaultAnswer> {
  const call = ++lastCall;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      calls.get(call)?.({
        ok: false,
        error: "The page does not answer. Is its main thread blocked, or is it paused in the debugger?",
      });
    }, ANSWER_TIMEOUT);
    calls.set(call, (answer) => {
      clearTimeout(timer);
      calls.delete(call);
      // Whoever asked wants to see the fault in the recording.
      void delivery.settled().then(() => {
        resolve(answer);
      });
    });
    send(message(call));
  });
}

let loading: Promise<void> | undefined;

/** The faults' own script, once. Without it the hook says that there are none. */
function loadFaults(): Promise<void> {
  loading ??= load().catch(() => {
    loading = undefined; // the worker was stopped before it answered, or the extension is gone
  });
  return loading;
}

async function load(): Promise<void> {
  const { ok } = await ask((call) => ({ type: "expect-faults", call }));
  if (!ok) return;
  const message: LoadFaults = { to: "background", type: "load-faults" };
  if ((await sendMessage(message)) !== true) loading = undefined;
}

function readAnswer(answer: Record<string, unknown>): FaultAnswer {
  if (answer["ok"] === true && typeof answer["fault"] === "number")
    return { ok: true, fault: answer["fault"] };
  return {
    ok: false,
    error: typeof answer["error"] === "string" ? answer["error"].slice(0, 1_000) : "The page gave no reason.",
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not from our hook, or spoilt by the page
  }
}

/** `crypto.randomUUID` is missing on http pages. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
