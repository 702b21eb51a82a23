import { parseArgs } from "node:util";
import { startNodeHub } from "./node-hub.ts";

// Usage: npx tsx test/harness/hubs/node/main.ts [--port 5000]
const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
const hub = await startNodeHub({ port: Number(values.port) });
console.log(hub.url);
process.once("SIGINT", () => void hub.stop());
process.once("SIGTERM", () => void hub.stop());
