import { parseArgs } from "node:util";
import { startAspNetHub } from "./aspnet-hub.ts";

// Usage: npx tsx test/harness/hubs/aspnet/main.ts [--port 5000]
const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
const hub = await startAspNetHub({ port: Number(values.port) });
console.log(hub?.url ?? "There is no .NET SDK on the path.");
process.once("SIGINT", () => void hub?.stop());
process.once("SIGTERM", () => void hub?.stop());
