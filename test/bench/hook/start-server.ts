/** Starts the benches' server in a process of its own, so that its CPU time isn't measured. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export async function startServer(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child = spawn(process.execPath, ["--import", "tsx", "test/bench/hook/server.ts"], {
    // The server ends with its input: so also if this process is killed.
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [url] = (await once(createInterface(child.stdout), "line")) as [string];
  return { url, stop: () => child.kill() };
}
