/** The page of the checks. Bundled and served by `harness/servers.ts`. */
import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";
import type { Place } from "../check.ts";
import { clauses, type ClauseName } from "../clauses.ts";
import { attack } from "./attack.ts";
import { runChecks } from "./run-checks.ts";
import { faultSteps, type FaultStep } from "./fault-steps.ts";

declare global {
  interface Window {
    compliance: {
      /** The results of one clause's checks, as JSON. */
      run(clause: ClauseName, place: Place): Promise<string>;
      /** Starts a connection that keeps receiving and sending. */
      connect(hub: string): Promise<void>;
      /** The number of messages received on it. */
      received(): number;
      /** Connects over this transport, and logs the app's callbacks. */
      follow(hub: string, transport: "LongPolling" | "ServerSentEvents"): Promise<void>;
      /** The logged callbacks, as JSON. */
      told(): string;
      call(): Promise<string>;
      attack(): Promise<string>;
      step(name: FaultStep, place: Place): Promise<string>;
    };
  }
}

let received = 0;
let followed: HubConnection | undefined;
const told: string[] = [];

window.compliance = {
  async run(clause, place) {
    // Only pages in frames don't influence each other, so only these checks may run in parallel.
    return runChecks(clauses[clause], place, clause === "window: patched pages" ? 8 : 1);
  },
  async connect(hub) {
    const connection = new HubConnectionBuilder()
      .withUrl(hub)
      .withAutomaticReconnect()
      .configureLogging(LogLevel.None)
      .build();
    await connection.start();
    connection.stream("Ticks", "HUB", 20).subscribe({
      next: () => received++,
      complete: () => undefined,
      error: () => undefined,
    });
    const talk = (): void => {
      void connection.invoke("Echo", "hello").then(() => setTimeout(talk, 50));
    };
    talk();
  },
  received: () => received,
  async follow(hub, transport) {
    followed = new HubConnectionBuilder()
      .withUrl(hub, HttpTransportType[transport])
      .withAutomaticReconnect(new Array<number>(50).fill(100))
      .configureLogging(LogLevel.None)
      .build();
    followed.onreconnecting((error) => told.push(`reconnecting ${error?.message ?? ""}`));
    followed.onreconnected(() => told.push("reconnected"));
    followed.onclose((error) => told.push(`closed ${error?.message ?? ""}`));
    await followed.start();
  },
  told: () => JSON.stringify(told),
  call: async () => String(await followed?.invoke("Echo", "still there")),
  attack,
  step: async (name, place) => JSON.stringify(await faultSteps[name](place)),
};
