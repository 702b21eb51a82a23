/** 2,000 real clients lose their connections to the ASP.NET Core server at once, and reconnect: does the simulation say how? */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startAspNetHub } from "../../harness/hubs/aspnet/aspnet-hub.ts";
import { compare, type Comparison, type Conditions } from "../../harness/herd/compare.ts";
import type { RealTimes } from "../../harness/herd/real-clients.ts";
import type { ClientsOrder } from "./clients-process.ts";

const PROCESSES = 2;

/** @returns null: there is no .NET SDK */
export async function realRun(clients: number, conditions: Conditions): Promise<Comparison | null> {
  const hub = await startAspNetHub();
  if (!hub) return null;
  const processes: ChildProcess[] = [];
  try {
    for (let i = 0; i < PROCESSES; i++) {
      const file = fileURLToPath(new URL("./clients-process.ts", import.meta.url));
      const child = fork(file, { execArgv: ["--import", "tsx"] });
      processes.push(child);
      const order: ClientsOrder = {
        url: `${hub.url}/hubs/board?keepAlive=60000&clientTimeout=120000`,
        count: clients / PROCESSES,
        policy: conditions.policy,
      };
      child.send(order);
      await once(child, "message");
    }
    await hub.control({ do: "limitNegotiates", ...conditions.negotiates });
    const told = processes.map(async (child) => {
      const [times] = (await once(child, "message")) as [RealTimes];
      return times;
    });
    await hub.control({ do: "dropSockets" });
    return compare(together(await Promise.all(told)), conditions);
  } finally {
    for (const child of processes) child.kill();
    await hub.stop();
  }
}

const together = (all: readonly RealTimes[]): RealTimes => ({
  lostAt: all.flatMap(({ lostAt }) => lostAt),
  reconnectedAt: all.flatMap(({ reconnectedAt }) => reconnectedAt),
  connects: all.flatMap(({ connects }) => connects),
  refusals: all.flatMap(({ refusals }) => refusals),
  gaveUp: all.reduce((sum, { gaveUp }) => sum + gaveUp, 0),
});
