/**
 * The client probe finds every HubConnection by the assignment to a public property (content-script/sentinel/probe.ts). The
 * connection doctor's own must not be found: so in our copy of the client that property has another name.
 */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import { KEY } from "../content-script/sentinel/probe-key.ts";

export const unseenClient: Plugin = {
  name: "unseen-client",
  setup(build) {
    build.onLoad(
      { filter: /[\\/]@microsoft[\\/]signalr[\\/]dist[\\/]esm[\\/]\w+\.js$/ },
      async ({ path }) => ({
        contents: (await readFile(path, "utf8")).replaceAll(KEY, `${KEY}OfDoctor`),
        loader: "js",
      }),
    );
  },
};
