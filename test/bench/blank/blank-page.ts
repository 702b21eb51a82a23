/** Serves a page with one line and one small script, under any name that ends in `.localhost`: each name is a site of its own. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const PAGE = `<!doctype html><title>blank</title><link rel="icon" href="data:,"><p>hello<script>document.body.dataset.n = "1"</script>`;

export interface BlankPage {
  url(site: number, load: number): string;
  stop(): void;
}

export async function serveBlankPage(): Promise<BlankPage> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html", "Cache-Control": "no-store" }).end(PAGE);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: (site, load) => `http://site${site}.localhost:${port}/?${load}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
