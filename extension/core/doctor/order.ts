/** Checks an order to the connection doctor, which comes from the panel or from a test. */
import type { DoctorOrder } from "../events/doctor-events.ts";
import { isObject } from "../is-object.ts";
import type { Milliseconds } from "../units.ts";

/** Limits how long connections are left open. */
const LONGEST_STAY: Milliseconds = 3_600_000;
const LONGEST_URL = 20_000;

/** null: it isn't one. */
export function readDoctorOrder(value: unknown): DoctorOrder | null {
  if (!isObject(value)) return null;
  const { url, stay, calls } = value;
  if (typeof url !== "string" || url === "" || url.length > LONGEST_URL) return null;
  if (typeof stay !== "number" || !(stay >= 0 && stay <= LONGEST_STAY)) return null;
  return typeof calls === "boolean" ? { url, stay, calls } : null;
}
