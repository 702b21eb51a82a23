/** Answers the hook's questions on behalf of the faults that are running. */
import type { SocketConnecting } from "../../extension/core/events/events.ts";
import type { FaultId, RequestId } from "../../extension/core/ids.ts";
import type { FaultCommand } from "../../extension/core/faults/vocabulary.ts";
import type { HttpRequest, Outcome } from "../hook/transport/http-request.ts";
import type { TransportConnection } from "../hook/transport/transport-connection.ts";
import type { FaultRules, RequestRule, FaultHooks } from "../hook/transport/fault-hooks.ts";
import type { TargetMatcher } from "./target-matcher.ts";
import type { RunningFault } from "./fault.ts";
import { isAbrupt } from "./losing/long-polling.ts";
import { anyResumable, resume } from "./losing/resume.ts";
import { refusedSocket, refusedSource } from "./refuse.ts";
import { NativePromise, apply, omitUndefined, promiseThen } from "../hook/shared-with-tools.ts";
import type { Traffic } from "./traffic.ts";

export interface Running {
  readonly command: FaultCommand;
  readonly target: TargetMatcher;
  readonly run: RunningFault;
  timer: number | undefined;
}

type Asked = (running: Running) => Promise<Outcome> | undefined;

export function createRules(
  faultHooks: FaultHooks,
  running: ReadonlyMap<FaultId, Running>,
  traffic: Traffic,
): FaultRules {
  /** Applies the waits of all faults one after another. The first fault with an outcome decides. */
  const rule = (ask: Asked): RequestRule | undefined => {
    let found: RequestRule | undefined;
    for (const [fault, one] of running) {
      const next = ask(one);
      if (next) found = { fault: found?.fault ?? fault, before: found ? both(found.before, next) : next };
    }
    return found;
  };
  const absolute = (url: unknown): string | undefined => {
    try {
      return new URL(String(url), document.baseURI).href;
    } catch {
      return undefined; // the browser reports what is wrong with the URL
    }
  };
  return {
    negotiate: (url, request) =>
      rule(({ run, target }) => (target.matchesUrl(url) ? run.negotiate?.(request) : undefined)),
    request(connection, request) {
      if (connection.transport === "WebSockets") return undefined;
      if (connection.lostBy !== 0) return requestOfLost(connection, request);
      if (request.method !== "GET" && connection.muteOut !== 0)
        return { fault: connection.muteOut, before: new NativePromise(() => undefined) };
      const refused = rule(({ run, target }) =>
        target.matches(connection) ? run.request?.(connection, request) : undefined,
      );
      if (refused || request.method !== "POST") return refused;
      const pipe = traffic.pipeOf(connection);
      return pipe && { fault: 0, before: pipe.post(request.body) };
    },
    connect(transport, omitUndefined, newTarget) {
      // Reading the page's arguments can run page code (a getter, `toString`), so they are read only when needed.
      const refusing = [...running].filter(([, { run }]) => run.connect !== undefined);
      const resumes = transport === "WebSockets" && anyResumable();
      const url = refusing.length > 0 || resumes ? absolute(omitUndefined) : undefined;
      if (url === undefined) return undefined;
      const request = faultHooks.requestOf(url);
      if (request === undefined && !faultHooks.connections.knows(url)) return undefined;
      for (const [fault, { run, target, command }] of refusing) {
        // A lost connection reconnects: a fault with a connection as its target affects that connect, too.
        const meant = command.target.scope === "connection" || target.matchesUrl(url);
        const refusal = meant ? run.connect?.(transport, url) : undefined;
        if (!refusal) continue;
        recordRefused(faultHooks, { transport, url, request }, fault);
        return transport === "WebSockets"
          ? refusedSocket(url, newTarget.prototype, refusal.after)
          : refusedSource(url, newTarget.prototype, refusal.after);
      }
      return resumes ? resume(url, traffic.addStage) : undefined;
    },
    began(connection) {
      traffic.begin(connection);
      for (const { run, target } of running.values()) if (target.matches(connection)) run.began?.(connection);
    },
    ended(connection) {
      traffic.end(connection);
      for (const { run } of running.values()) run.ended?.(connection);
    },
  };
}

/** For the page the connection is lost, so its further requests fail; but after a graceful loss the DELETE is sent. */
function requestOfLost(
  connection: Exclude<TransportConnection, { transport: "WebSockets" }>,
  { method }: HttpRequest,
): RequestRule | undefined {
  const through = method === "DELETE" && connection.transport === "LongPolling" && !isAbrupt(connection);
  return through ? undefined : { fault: connection.lostBy, before: NativePromise.resolve(null) };
}

const both = (first: Promise<Outcome>, second: Promise<Outcome>): Promise<Outcome> =>
  apply(promiseThen, first, [
    (outcome: Outcome) => (outcome === undefined ? second : outcome),
  ]) as Promise<Outcome>;

/** Records a connect of the page that is refused. */
function recordRefused(
  { recorder, connections: connections }: FaultHooks,
  refused: Pick<SocketConnecting, "transport" | "url"> & { readonly request: RequestId | undefined },
  fault: FaultId,
): void {
  const { transport, url, request } = refused;
  const socket = connections.nextId();
  recorder.record({ kind: "socket", socket, transport, url, ...omitUndefined({ request }) });
  const code = transport === "WebSockets" ? 1006 : null;
  recorder.record({ kind: "socket-closed", socket, code, reason: "", wasClean: false, fault });
}
