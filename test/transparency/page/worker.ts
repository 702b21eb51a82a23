/** The worker of the checks. Bundled and served by `harness/servers.ts`. */
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import type { Place } from "../check.ts";
import { workerClauses, type WorkerClause } from "../worker-clauses.ts";
import { runChecks } from "./run-checks.ts";

/** To run a clause, or to connect to a hub and keep sending. */
export type ToWorker =
  { readonly clause: WorkerClause; readonly place: Place } | { readonly connect: string };

async function answerTo(message: ToWorker): Promise<string> {
  if ("clause" in message) return runChecks(workerClauses[message.clause], message.place);
  const connection = new HubConnectionBuilder()
    .withUrl(message.connect)
    .configureLogging(LogLevel.None)
    .build();
  await connection.start();
  const talk = (): void => {
    void connection.invoke("Echo", "hello").then(() => setTimeout(talk, 50));
  };
  talk();
  return "connected";
}

interface Port {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(text: string): void;
}

const serve = (port: Port): void => {
  port.onmessage = ({ data }) => {
    void answerTo(data).then((text) => {
      port.postMessage(text);
    });
  };
};

if ("onconnect" in self)
  self.addEventListener("connect", (event) => {
    const [port] = (event as MessageEvent).ports;
    if (port) serve(port);
  });
else serve(self);
