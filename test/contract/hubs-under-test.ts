import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { startAspNetHub } from "../harness/hubs/aspnet/aspnet-hub.ts";
import { hasDotnet } from "../harness/hubs/dotnet/build.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { stopClients } from "./client.ts";

/** The first start may have to build the server. */
const startTimeoutMilliseconds = 180_000;

const dotnet = hasDotnet();
const hubsUnderTest = [
  {
    title: "embedded hub",
    skipped: false,
    start: (settings: Settings) => startNodeHub({ options: settings }),
  },
  {
    title: dotnet ? "ASP.NET Core hub" : "ASP.NET Core hub (skipped: no .NET SDK)",
    skipped: !dotnet,
    start: startAspNetHub,
  },
];

/** Servers by settings. The first test that needs one starts it; all tests of a file share it. */
const running = new Map<string, Promise<RunningHub | null>>();

afterAll(async () => {
  for (const hub of running.values()) await (await hub)?.stop();
});

type Path = "board" | "chat" | "stateful" | "no-sockets" | "secure" | "redirected";

/** The part of a server that tests use. */
export interface HubUnderTest extends Pick<RunningHub, "kind" | "control" | "log"> {
  readonly origin: string;
  /** The URL of one of the hubs, with a query that sets the connection's options. */
  at(path: Path, query?: string): string;
  board(query?: string): string;
}

/** Settings for a whole server. */
interface Settings {
  disconnectTimeoutMilliseconds?: number;
}

/** Defines tests for one part of the contract with both servers, as both must behave the same. */
export function describeHubs(
  part: string,
  define: (hub: HubUnderTest) => void,
  settings: Settings = {},
): void {
  for (const { title, skipped, start } of hubsUnderTest) {
    describe.skipIf(skipped)(`${part}: ${title}`, () => {
      let started: RunningHub | null = null;
      const hub = (): RunningHub => {
        if (!started) throw new Error("The hub isn't running.");
        return started;
      };

      beforeAll(async () => {
        const key = title + JSON.stringify(settings);
        const starting = running.get(key) ?? start(settings);
        running.set(key, starting);
        started = await starting;
      }, startTimeoutMilliseconds);
      afterEach(async () => {
        await stopClients();
        await started?.control({ do: "reset" });
      });

      define({
        get kind() {
          return hub().kind;
        },
        control: (command) => hub().control(command),
        log: () => hub().log(),
        get origin() {
          return hub().url;
        },
        at: (path, query) => hubUrl(hub(), path, query),
        board: (query) => hubUrl(hub(), "board", query),
      });
    });
  }
}

function hubUrl({ url }: RunningHub, path: Path, query = ""): string {
  return `${url}/hubs/${path}${query && `?${query}`}`;
}
