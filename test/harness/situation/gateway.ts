/** nginx or haproxy from Debian between page and server, with a configuration as it is common in practice. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

export type Gateway =
  /** `location` is the content of the location block that is proxied. `before` contains further location blocks; the server is `http://hubs`. */
  | {
      readonly kind: "nginx";
      readonly location: string;
      readonly before?: string;
      readonly nobodyBehind?: true;
      /** The gateway serves the page, too: one origin, as in most apps. */
      readonly pages?: true;
    }
  /** `defaults` are timeouts. */
  | { readonly kind: "haproxy"; readonly defaults: string };

const PROGRAMS: Readonly<Record<Gateway["kind"], string>> = {
  nginx: "/usr/sbin/nginx",
  haproxy: "/usr/sbin/haproxy",
};

export const isInstalled = ({ kind }: Gateway): boolean => existsSync(PROGRAMS[kind]);

/** The directives that nginx needs to pass WebSocket upgrades. */
export const NGINX_UPGRADE =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";';

/** The same, and what it needs to pass event streams. */
export const NGINX_FOR_SIGNALR = `${NGINX_UPGRADE} proxy_buffering off;`;

export interface RunningGateway {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * @param target the server; several share the requests in turn, without stickiness (nginx only)
 * @param pages the origin that serves the page
 */
export async function startGateway(
  gateway: Gateway,
  target: string | readonly string[],
  pages: string,
): Promise<RunningGateway> {
  const folder = await mkdtemp(path.join(tmpdir(), "hubscope-gateway-"));
  // Started by root, nginx has a worker that isn't: it writes long bodies into this folder.
  await chmod(folder, 0o711);
  const port = await freePort();
  const file = path.join(folder, "gateway.conf");
  const nobody = gateway.kind === "nginx" && gateway.nobodyBehind === true;
  const hosts = nobody ? [`127.0.0.1:${await freePort()}`] : [target].flat().map((url) => new URL(url).host);
  await writeFile(
    file,
    gateway.kind === "nginx"
      ? nginx(gateway, { hubs: hosts, pages: new URL(pages).host }, port, folder)
      : haproxy(gateway, hosts[0] ?? "", port),
  );
  const args = gateway.kind === "nginx" ? ["-p", folder, "-c", file, "-e", "stderr"] : ["-f", file, "-db"];
  const child = spawn(PROGRAMS[gateway.kind], args, { stdio: "ignore" });
  const ended = once(child, "exit");
  const stop = async (): Promise<void> => {
    child.kill(gateway.kind === "nginx" ? "SIGTERM" : "SIGINT");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for (let i = 0; i < 100 && !(await answers(port)); i++) {
    if (child.exitCode !== null) throw new Error(`${gateway.kind} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** The gateway's own answers need CORS headers, so that a page of another origin can read them. */
const nginx = (
  { location, before = "", pages }: Extract<Gateway, { kind: "nginx" }>,
  target: { readonly hubs: readonly string[]; readonly pages: string },
  port: number,
  folder: string,
): string => `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  upstream hubs { ${target.hubs.map((host) => `server ${host};`).join(" ")} }
  server {
    listen 127.0.0.1:${port};
    proxy_hide_header Access-Control-Allow-Origin;
    proxy_hide_header Access-Control-Allow-Credentials;
    add_header Access-Control-Allow-Origin $http_origin always;
    add_header Access-Control-Allow-Credentials true always;
    add_header Access-Control-Allow-Headers "authorization,content-type,x-requested-with,x-signalr-user-agent" always;
    if ($request_method = OPTIONS) { return 204; }
    ${before}
    ${pages ? `location = / { proxy_pass http://${target.pages}; }` : ""}
    ${pages ? `location = /client.js { proxy_pass http://${target.pages}; }` : ""}
    location / { proxy_pass http://hubs; ${location} }
  }
}
`;

const haproxy = (
  { defaults }: Extract<Gateway, { kind: "haproxy" }>,
  target: string,
  port: number,
): string => `
defaults
  mode http
  timeout connect 5s
  timeout client 120s
  ${defaults}
frontend page
  bind 127.0.0.1:${port}
  http-request set-var(txn.origin) req.hdr(origin)
  http-after-response set-header Access-Control-Allow-Origin %[var(txn.origin)]
  http-after-response set-header Access-Control-Allow-Credentials true
  default_backend hub
backend hub
  server hub ${target}
`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => {
      resolve(false);
    });
  });
