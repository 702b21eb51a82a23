import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RunningHub } from "../running-hub.ts";
import { answerRequest } from "./http-requests.ts";
import { defaultHubOptions, type HubOptions } from "./hub-options.ts";
import { HubServer } from "./hub-server.ts";
import { answerUpgrade } from "./upgrades.ts";

export interface NodeHubSettings {
  /** Any free port when 0 or absent. */
  port?: number;
  /** Default options for connections; the query of a hub URL may override them. */
  options?: Partial<HubOptions>;
}

/** Starts the embedded hub server on 127.0.0.1. */
export async function startNodeHub({ port = 0, options = {} }: NodeHubSettings = {}): Promise<RunningHub> {
  const server = new HubServer({ ...defaultHubOptions, ...options });
  const http = createServer((request, response) => {
    answerRequest(server, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(400);
      response.end(String(error));
    });
  });
  http.on("upgrade", (request, socket, head) => {
    // A client may disconnect before it has received its answer.
    socket.on("error", () => socket.destroy());
    answerUpgrade(server, request, socket, head);
  });
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    kind: "node",
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    control: (command) => {
      server.control(command);
      return Promise.resolve();
    },
    log: () => Promise.resolve(server.log.entries()),
    stop: () =>
      new Promise((resolve) => {
        server.stop();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
