/** The machine, for the first line of every bench: figures from two machines can't be compared. */
import os from "node:os";

export function describeMachine(browser: string): string {
  const model = os.cpus()[0]?.model ?? "unknown processor";
  const load = os.loadavg()[0]?.toFixed(1) ?? "";
  const date = new Date().toISOString().slice(0, 10);
  return `${browser}, ${os.cpus().length} × ${model}, Node ${process.versions.node}, ${date}, load ${load}`;
}
