/** Real clients beside the simulation: few and quick, so that it is part of every test run. `npm run bench:herd` takes 2,000. */
import { expect, it } from "vitest";
import { compare, type Conditions } from "../harness/herd/compare.ts";
import { connectClients } from "../harness/herd/real-clients.ts";
import { describeHubs } from "./hubs-under-test.ts";

const CLIENTS = 100;
/** So few that the limit decides how long it takes, not this machine. */
const negotiates = { perSecond: 10, burst: 5 };
const policy: Conditions["policy"] = { kind: "list", delays: [4_000, 6_000], then: "repeat", jitter: "full" };

describeHubs("a herd", (hub) => {
  it("reconnects as the simulation says", async () => {
    const clients = await connectClients(hub.board("keepAlive=60000&clientTimeout=120000"), CLIENTS, policy);
    await hub.control({ do: "limitNegotiates", ...negotiates });
    await hub.control({ do: "dropSockets" });
    await clients.settled;
    await clients.stop();
    const { distance, gaveUp } = compare(clients.times, { policy, negotiates });
    // Of 300 simulated herds like this, the one that is farthest from their mean is at 0.086.
    expect(distance).toBeLessThan(0.1);
    expect(gaveUp).toEqual({ real: 0, simulated: 0 });
  });
});
