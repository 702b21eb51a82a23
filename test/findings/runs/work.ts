/** What apps do with their connection. */
import { setTimeout as pause } from "node:timers/promises";
import { away, callAndLeave, cut, first, FIXED, told, wait } from "../happenings.ts";
import type { AppRun } from "../finding-run.ts";

export const WORK: readonly AppRun[] = [
  {
    name: "call lost in flight",
    how: "A TCP proxy cuts the connection while two calls wait for their answer",
    app: "plain",
    client: { retries: FIXED },
    proxied: true,
    has: ["calls-lost", "stateful-not-used"],
    async happens(situation) {
      await callAndLeave(situation, "Delay", 20_000);
      await callAndLeave(situation, "Delay", 20_000);
      await pause(300);
      await cut()(situation);
    },
  },
  {
    name: "no call in flight",
    how: "A TCP proxy cuts the connection after all calls are answered",
    app: "form",
    client: { jitter: true },
    proxied: true,
    hasNot: ["calls-lost", "calls-while-disconnected", "large-payloads"],
    cantTell: ["polling-over-hub"],
    happens: cut(),
  },
  {
    name: "calls while not connected",
    how: "The app sends every 200 ms, while the network is away too",
    app: "heartbeat",
    client: { retries: FIXED },
    proxied: true,
    has: ["calls-while-disconnected"],
    happens: first(wait(500), away(1_500), told("reconnected")),
  },
  {
    name: "large payloads",
    how: "The server sends messages of 200 KB",
    app: "idle",
    has: ["large-payloads"],
    async happens({ invoke }) {
      await invoke("Flood", 3, 200_000);
    },
  },
  {
    name: "polls over the hub",
    how: "The app asks for new orders every 300 ms",
    app: "poller",
    has: ["polling-over-hub"],
    hasNot: ["large-payloads"],
    happens: told("done"),
  },
  {
    name: "talks, and doesn't poll",
    how: "Twelve messages of a user, at times of his own",
    app: "chat",
    hasNot: ["polling-over-hub", "large-payloads"],
    happens: first(told("done"), wait(300)),
  },
];
