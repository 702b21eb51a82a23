/** How healthy apps are written down, and what happens to several of them. */
import { setTimeout as pause } from "node:timers/promises";
import type { Situation } from "../../../harness/situation/situation.ts";
import type { AppSettings } from "../../apps/kit.ts";
import type { AppRun, HealthyRun } from "../../finding-run.ts";
import { wait } from "../../happenings.ts";

type Plan = Omit<AppRun, "client"> & { readonly client?: Partial<AppSettings> };

/** Its retry policy has full jitter and never gives up, and it allows all transports. */
export const app = (plan: Plan): HealthyRun => ({
  everyTransport: true,
  ...plan,
  name: `healthy ${plan.name}`,
  client: { jitter: true, ...plan.client },
  healthy: true,
});

export const afterwards = wait(500);
export const stateful = { client: { stateful: true }, hub: "/hubs/stateful" } as const;

/** The server offers these only: no client can do better. */
const offering =
  (...transports: ("LongPolling" | "ServerSentEvents")[]) =>
  async ({ control, start }: Situation): Promise<void> => {
    await control({ do: "offerTransports", transports });
    await start();
  };
export const noSockets = offering("ServerSentEvents", "LongPolling");
export const pollsOnly = offering("LongPolling");

export const say = async ({ invoke }: Situation): Promise<void> => {
  for (let n = 0; n < 3; n++) {
    await invoke("Say", "main", "Grace", `line ${n}`);
    await pause(200 + n * 130);
  }
};
