/** A process full of real clients. Its parent tells it what to do, and gets their times. */
import { connectClients } from "../../harness/herd/real-clients.ts";
import type { Conditions } from "../../harness/herd/compare.ts";

export interface ClientsOrder {
  readonly url: string;
  readonly count: number;
  readonly policy: Conditions["policy"];
}

process.once("message", (order: ClientsOrder) => {
  void run(order);
});

async function run({ url, count, policy }: ClientsOrder): Promise<void> {
  const clients = await connectClients(url, count, policy);
  process.send?.("connected");
  await clients.settled;
  process.send?.(clients.times, () => process.exit());
}
