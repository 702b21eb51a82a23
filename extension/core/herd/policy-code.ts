/** A policy as source code to paste into an app, for each of SignalR's clients. */
import type { HerdPolicy, Jitter } from "./herd-input.ts";

export const LANGUAGES = ["typescript", "csharp", "java"] as const;
export type Language = (typeof LANGUAGES)[number];

export function policyCode(policy: HerdPolicy, language: Language): string {
  switch (language) {
    case "typescript":
      return typescript(policy);
    case "csharp":
      return csharp(policy);
    case "java":
      return java(policy);
  }
}

/** How a language writes it. `n` is the number of failed attempts so far. */
interface Style {
  readonly n: string;
  readonly list: string;
  min(a: string, b: string): string;
  twoToThe(n: string): string;
  readonly random: string;
}

/** When it gives up, and the delay without jitter, as expressions. */
function expressions(
  policy: HerdPolicy,
  { n, list, min, twoToThe }: Style,
): { limit: string | null; delay: string } {
  switch (policy.kind) {
    case "list": {
      const { delays, then } = policy;
      if (delays.length === 0) return { limit: "0", delay: "0" };
      return then === "give-up"
        ? { limit: String(delays.length), delay: `${list}[${n}]` }
        : { limit: null, delay: `${list}[${min(n, String(delays.length - 1))}]` };
    }
    case "fixed":
      return { limit: limitOf(policy.attempts), delay: String(policy.delay) };
    case "exponential":
      return {
        limit: limitOf(policy.attempts),
        delay: min(String(policy.cap), `${policy.base} * ${twoToThe(n)}`),
      };
  }
}

const limitOf = (attempts: number | null): string | null => (attempts === null ? null : String(attempts));

function jittered(jitter: Jitter, random: string): string {
  switch (jitter) {
    case "none":
      return "delay";
    case "full":
      return `${random} * delay`;
    case "equal":
      return `delay / 2 + ${random} * delay / 2`;
  }
}

function said(policy: HerdPolicy): string {
  switch (policy.jitter) {
    case "none":
      return "No jitter: all clients that were lost together retry together.";
    case "full":
      return "Full jitter: anything from 0 to the delay, so that clients don't retry at the same moment.";
    case "equal":
      return "Equal jitter: from half of the delay to all of it, so that clients don't retry at the same moment.";
  }
}

const listOf = (policy: HerdPolicy): readonly number[] => (policy.kind === "list" ? policy.delays : []);

function typescript(policy: HerdPolicy): string {
  const style: Style = {
    n: "previousRetryCount",
    list: "delays",
    min: (a, b) => `Math.min(${a}, ${b})`,
    twoToThe: (n) => `2 ** ${n}`,
    random: "Math.random()",
  };
  const { limit, delay } = expressions(policy, style);
  const delays = listOf(policy);
  return `import type { IRetryPolicy, RetryContext } from "@microsoft/signalr";
${delays.length > 0 ? `\n/** In milliseconds. */\nconst delays = [${delays.join(", ")}];\n` : ""}
/** ${said(policy)} Use: .withAutomaticReconnect(retryPolicy) */
export const retryPolicy: IRetryPolicy = {
  nextRetryDelayInMilliseconds({ previousRetryCount }: RetryContext): number | null {
${limit === null ? "" : `    if (previousRetryCount >= ${limit}) return null;\n`}    const delay = ${delays.length > 0 ? `${delay} ?? 0` : delay};
    return ${jittered(policy.jitter, style.random)};
  },
};
`;
}

function csharp(policy: HerdPolicy): string {
  const style: Style = {
    n: "retryContext.PreviousRetryCount",
    list: "Delays",
    min: (a, b) => `Math.Min(${a}, ${b})`,
    twoToThe: (n) => `Math.Pow(2, ${n})`,
    random: "Random.Shared.NextDouble()",
  };
  const { limit, delay } = expressions(policy, style);
  const delays = listOf(policy);
  return `using System;
using Microsoft.AspNetCore.SignalR.Client;

/// <summary>${said(policy)} Use: .WithAutomaticReconnect(new RetryPolicy())</summary>
public sealed class RetryPolicy : IRetryPolicy
{
${delays.length > 0 ? `    /// <summary>In milliseconds.</summary>\n    private static readonly double[] Delays = { ${delays.join(", ")} };\n\n` : ""}    public TimeSpan? NextRetryDelay(RetryContext retryContext)
    {
${limit === null ? "" : `        if (retryContext.PreviousRetryCount >= ${limit}) return null;\n`}        double delay = ${delay};
        return TimeSpan.FromMilliseconds(${jittered(policy.jitter, style.random)});
    }
}
`;
}

/** The Java client has neither automatic reconnect nor a retry policy: https://github.com/dotnet/aspnetcore/issues/8711 */
function java(policy: HerdPolicy): string {
  const style: Style = {
    n: "previousRetryCount",
    list: "DELAYS",
    min: (a, b) => `Math.min(${a}, ${b})`,
    twoToThe: (n) => `Math.pow(2, ${n})`,
    random: "Math.random()",
  };
  const { limit, delay } = expressions(policy, style);
  const delays = listOf(policy);
  return `import com.microsoft.signalr.HubConnection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The Java client has no automatic reconnect and no retry policy (https://github.com/dotnet/aspnetcore/issues/8711):
 * this calls start() again after the connection was closed, also after stop() of HubConnection; so call stop() of this.
 * ${said(policy)} Use: new Reconnect(connection)
 */
public final class Reconnect {
${delays.length > 0 ? `    /** In milliseconds. */\n    private static final double[] DELAYS = { ${delays.join(", ")} };\n\n` : ""}    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final HubConnection connection;
    private int previousRetryCount;
    private boolean waiting;
    private boolean stopped;

    public Reconnect(HubConnection connection) {
        this.connection = connection;
        connection.onClosed(error -> retry());
    }

    public synchronized void stop() {
        stopped = true;
        timer.shutdownNow();
        connection.stop();
    }

    /** A start() that fails may also call onClosed. */
    private synchronized void retry() {
        if (stopped || waiting${limit === null ? "" : ` || previousRetryCount >= ${limit}`}) return;
        double delay = ${delay};
        long wait = (long) (${jittered(policy.jitter, style.random)});
        previousRetryCount++;
        waiting = true;
        timer.schedule(this::start, wait, TimeUnit.MILLISECONDS);
    }

    private synchronized void start() {
        waiting = false;
        connection.start().subscribe(this::started, error -> retry());
    }

    private synchronized void started() {
        previousRetryCount = 0;
    }
}
`;
}
