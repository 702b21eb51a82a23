/** Several connections, each with a negotiate of its own: without sticky sessions some reach another server. */
import type { DoctorSticky } from "../../extension/core/events/doctor-events.ts";
import type { Working } from "./connects.ts";
import { close, open, type Told, type Trial } from "./trial.ts";

const TIMES = 4;
/** What ASP.NET Core says. A proxy that passes on only some of the hub's paths answers 404, too. */
const UNKNOWN_ID = "No Connection with that ID";

/**
 * @param using long polling shows it best: each of its requests may reach another server
 */
export async function trySticky(trial: Trial, using: Working): Promise<void> {
  trial.tell({ kind: "doctor-tries", check: "sticky", ...using });
  let tried = 0;
  let notFound = 0;
  let failed = 0;
  while (tried < TIMES) {
    const { connection, requests } = await open(trial, using);
    await close(trial, connection);
    if (trial.ended()) return;
    tried++;
    if (connection) continue;
    if (requests.some(({ status, body }) => status === 404 && body?.includes(UNKNOWN_ID))) notFound++;
    else failed++;
  }
  trial.tell({
    kind: "doctor-sticky",
    transport: using.transport,
    tried,
    notFound,
    failed,
  } satisfies Told<DoctorSticky>);
}
