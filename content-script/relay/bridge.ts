/**
 * Connects the hook's port with the background. Everything from the hook is checked here, and kept until the background has
 * acknowledged that it is stored.
 */
import type { FaultAnswer, HookToRelay, RelayToHook, Tool } from "../../extension/messages/hook-relay.ts";
import { checkEvents } from "../../extension/core/events/guards.ts";
import { isObject } from "../../extension/core/is-object.ts";
import type { BackgroundToRelay, LoadTool, RelayAnswer } from "../../extension/messages/extension.ts";
import type { FrameIdentity } from "../../extension/messages/sentinel-wake.ts";
import { isToRelay } from "../../extension/messages/addressed-to.ts";
import { createCalls, ownsRequest } from "./calls.ts";
import { createDelivery, type DeliveryOptions } from "./delivery.ts";
import { createNotices } from "./notices.ts";
import type { Runtime } from "./runtime.ts";

/** A message as it comes from the hook: its fields have their names, and any type until they are checked. */
type Unchecked<M> = { readonly [K in M extends unknown ? keyof M : never]?: unknown };

export interface BridgeOptions extends Pick<DeliveryOptions, "newPage" | "about"> {
  readonly port: Pick<MessagePort, "postMessage" | "onmessage" | "close">;
  readonly runtime: Runtime;
}

export interface Bridge {
  /** Takes the hook's last events, as JSON: the page is being left. */
  readonly hearLast: (text: string) => void;
  readonly who: () => FrameIdentity;
}

export function createBridge({ newPage, port, runtime, about }: BridgeOptions): Bridge {
  const loading = new Map<Tool, Promise<void>>();

  const send = (message: RelayToHook): void => {
    port.postMessage(message);
  };
  const calls = createCalls(send);
  const delivery = createDelivery({
    newPage,
    runtime,
    about,
    modeChanged(mode) {
      send({ type: "mode", mode });
      // A suspension can hold only timers that the page starts after this.
      if (mode.payloads && delivery.active) void load("faults");
    },
    orphaned() {
      send({ type: "gone" });
      port.onmessage = null;
      port.close();
    },
  });

  const notice = createNotices((event) => {
    send({ type: "noticed", event });
  });
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isObject(data)) return;
    const { type, batch, events, call, answer }: Unchecked<HookToRelay> = data;
    if (type === ("events" satisfies HookToRelay["type"])) {
      const checked = checkEvents(events);
      delivery.add(checked);
      notice(checked);
      if (typeof batch === "number") send({ type: "got", batch });
    } else if (type === ("reply" satisfies HookToRelay["type"])) calls.answered(call, answer);
  };
  runtime.onMessage((message) => (isToRelay(message) ? handle(message) : undefined));
  return {
    hearLast(text) {
      delivery.addLast(checkEvents(parse(text)));
    },
    who() {
      const { url, origin } = about();
      const { page, active } = delivery;
      return { page, url, origin, active };
    },
  };

  function handle(message: BackgroundToRelay): Promise<RelayAnswer<BackgroundToRelay>> | undefined {
    switch (message.type) {
      case "mode-changed":
        if (delivery.active) delivery.askMode();
        return undefined;
      case "start-over":
        if (delivery.active) send({ type: "start-over" });
        return undefined;
      case "lease":
        if (delivery.active) send({ type: "lease", duration: message.duration });
        return undefined;
      case "network":
        if (message.asks) return ownsRequest(calls, message.note);
        send({ type: "network", note: message.note });
        return undefined;
      case "inject":
        if (message.page !== delivery.page) return undefined;
        return load("faults").then(() =>
          command((call) => ({ type: "inject", call, command: message.command })),
        );
      case "end-fault":
        if (message.page !== null && message.page !== delivery.page) return undefined;
        return command((call) => ({ type: "end-fault", call, fault: message.fault, why: message.why }));
      case "doctor":
        if (message.page !== delivery.page) return undefined;
        return load("doctor").then(() => command((call) => ({ type: "doctor", call, order: message.order })));
      case "end-doctor":
        if (message.page !== delivery.page) return undefined;
        return command((call) => ({ type: "end-doctor", call }));
      case "worker":
        return undefined; // workers.ts takes it
    }
  }

  /** The panel wants to see the fault in the recording: so the answer is sent after the fault's events. */
  async function command(message: (call: number) => RelayToHook): Promise<FaultAnswer> {
    const answer = await calls.ask(message);
    await delivery.settled();
    return (
      answer ?? {
        ok: false,
        error: "The page does not respond. Is its main thread blocked, or is it paused in the debugger?",
      }
    );
  }

  /** Loads that script, once. If that fails, the hook answers commands with an error. */
  function load(tool: Tool): Promise<void> {
    const before = loading.get(tool);
    if (before) return before;
    const now = inject(tool).catch(() => {
      loading.delete(tool); // try again the next time
    });
    loading.set(tool, now);
    return now;
  }

  async function inject(tool: Tool): Promise<void> {
    const answer = await calls.ask((call) => ({ type: "expect", call, tool }));
    if (!answer) throw new Error("The page was busy.");
    // It is already loaded.
    if (!answer.ok) return;
    const message: LoadTool = { to: "background", type: "load-tool", tool };
    if ((await runtime.send(message)) !== true)
      throw new Error("The worker was stopped, or the frame is gone.");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not from our hook, or damaged by the page
  }
}
