/** What can be at a hub's address in place of the server. */
import { createServer as createHttpServer, type RequestListener } from "node:http";
import type { AddressInfo, Server } from "node:net";

export interface Place {
  /** Origin of the hub. */
  readonly url: string;
  stop(): Promise<void>;
}

export async function listen(server: Server, scheme: "http" | "https" = "http"): Promise<Place> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        if ("closeAllConnections" in server)
          (server as ReturnType<typeof createHttpServer>).closeAllConnections();
      }),
  };
}

export const at = (url: string) => (): Promise<Place> =>
  Promise.resolve({ url, stop: () => Promise.resolve() });
export const http = (answer: RequestListener) => (): Promise<Place> => listen(createHttpServer(answer));

/** Allows the page everything, as a server with CORS does. */
export const allow: RequestListener = ({ headers }, answer) => {
  answer.setHeader("Access-Control-Allow-Origin", headers.origin ?? "*");
  answer.setHeader("Access-Control-Allow-Credentials", "true");
  answer.setHeader(
    "Access-Control-Allow-Headers",
    "authorization,content-type,x-requested-with,x-signalr-user-agent",
  );
};

/** Redirects a negotiate to another server, as an app with Azure SignalR Service does. When absent, that one never answers. */
export async function redirects(answers?: RequestListener): Promise<Place> {
  const answersPreflight: RequestListener = (request, answer) => {
    allow(request, answer);
    if (request.method === "OPTIONS") answer.writeHead(204).end();
  };
  const second = await http((request, answer) => {
    answersPreflight(request, answer);
    if (request.method !== "OPTIONS") answers?.(request, answer);
  })();
  const first = await http((request, answer) => {
    answersPreflight(request, answer);
    if (request.method === "POST")
      answer.end(JSON.stringify({ url: `${second.url}/client/?hub=board`, accessToken: "token" }));
  })();
  return {
    url: first.url,
    async stop() {
      await first.stop();
      await second.stop();
    },
  };
}
