/** Many real clients in one process: they connect, lose their connections, and reconnect with a policy as the simulator writes it. */
import { runInNewContext } from "node:vm";
import { type HubConnection, HubConnectionBuilder, type IRetryPolicy, LogLevel } from "@microsoft/signalr";
import { transformSync } from "esbuild";
import type { HerdPolicy } from "../../../extension/core/herd/herd-input.ts";
import { policyCode } from "../../../extension/core/herd/policy-code.ts";

/** What the clients lived through, in milliseconds since the epoch, or as durations. */
export interface RealTimes {
  readonly lostAt: number[];
  readonly reconnectedAt: number[];
  /** From the beginning of an attempt to its end. */
  readonly connects: number[];
  readonly refusals: number[];
  gaveUp: number;
}

export interface RealClients {
  readonly times: RealTimes;
  /** All are connected again, or have given up. */
  readonly settled: Promise<void>;
  stop(): Promise<void>;
}

const AT_ONCE = 20;

export async function connectClients(url: string, count: number, policy: HerdPolicy): Promise<RealClients> {
  const times: RealTimes = { lostAt: [], reconnectedAt: [], connects: [], refusals: [], gaveUp: 0 };
  const connections: HubConnection[] = [];
  let settle = (): void => undefined;
  const settled = new Promise<void>((resolve) => (settle = resolve));
  const check = (): void => {
    if (times.reconnectedAt.length + times.gaveUp >= count) settle();
  };
  for (let i = 0; i < count; i += AT_ONCE) {
    const group = Array.from({ length: Math.min(AT_ONCE, count - i) }, () =>
      build(url, policy, times, check),
    );
    await Promise.all(group.map((connection) => connection.start()));
    connections.push(...group);
  }
  return {
    times,
    settled,
    async stop() {
      await Promise.all(connections.map((connection) => connection.stop()));
    },
  };
}

function build(url: string, policy: HerdPolicy, times: RealTimes, check: () => void): HubConnection {
  let attemptAt = 0;
  let ended = false;
  const { nextRetryDelayInMilliseconds } = pasted(policy);
  const connection = new HubConnectionBuilder()
    .configureLogging(LogLevel.None)
    .withUrl(url)
    .withAutomaticReconnect({
      nextRetryDelayInMilliseconds(context) {
        const now = Date.now();
        if (context.previousRetryCount > 0) times.refusals.push(now - attemptAt);
        const delay = nextRetryDelayInMilliseconds(context);
        attemptAt = now + (delay ?? 0);
        ended = delay === null;
        return delay;
      },
    })
    .build();
  // They are silent: a client must not lose a connection of its own accord.
  connection.serverTimeoutInMilliseconds = 120_000;
  connection.onreconnecting(() => times.lostAt.push(Date.now()));
  connection.onreconnected(() => {
    times.connects.push(Date.now() - attemptAt);
    times.reconnectedAt.push(Date.now());
    check();
  });
  connection.onclose(() => {
    // The policy's null is the end of it; a client that is stopped was told nothing by its policy.
    if (!ended) return;
    times.gaveUp++;
    check();
  });
  return connection;
}

/** The policy's source code, run. */
function pasted(policy: HerdPolicy): IRetryPolicy {
  const module = { exports: {} as { retryPolicy: IRetryPolicy } };
  runInNewContext(transformSync(policyCode(policy, "typescript"), { loader: "ts", format: "cjs" }).code, {
    module,
  });
  return module.exports.retryPolicy;
}
