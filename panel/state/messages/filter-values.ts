/** Values in the filter box: message types, kinds of events, numbers with units. Pure. */
import type { EventKind } from "../../../extension/core/events/events.ts";
import { MESSAGE_TYPES } from "../../../extension/core/protocol/terms.ts";

/** Values of `kind:`, with names that users would choose. */
export const KIND_GROUPS: Readonly<Record<string, readonly EventKind[]>> = {
  message: ["message", "counts"],
  negotiate: ["negotiate", "negotiate-ended"],
  socket: ["socket", "socket-opened", "socket-closing", "socket-closed"],
  handshake: ["handshake"],
  state: ["hub", "hub-state", "hub-lost"],
  retry: ["retry"],
  fault: ["fault", "fault-ended"],
  doctor: [
    "doctor",
    "doctor-tries",
    "doctor-negotiate",
    "doctor-connect",
    "doctor-sticky",
    "doctor-resume",
    "doctor-size",
    "doctor-stay",
    "doctor-ended",
  ],
  page: ["page", "visibility", "lifecycle", "online"],
  "long-task": ["long-task"],
  counts: ["counts"],
  dropped: ["dropped"],
};

export function readKind(value: string): readonly EventKind[] | null {
  const name = value.toLowerCase();
  if (Object.hasOwn(KIND_GROUPS, name)) return KIND_GROUPS[name] ?? null;
  const single = Object.values(KIND_GROUPS)
    .flat()
    .find((kind) => kind === name);
  return single ? [single] : null;
}

export function readType(value: string): number | null {
  const name = value.toLowerCase();
  if (name === "unknown") return 0;
  const found = Object.entries(MESSAGE_TYPES).find(
    ([number, word]) => word.toLowerCase() === name || number === name,
  );
  return found ? Number(found[0]) : null;
}

export interface Bound<T extends number> {
  readonly sign: ">" | ">=" | "<" | "<=" | "=";
  readonly than: T;
}

/** ">1k", "<=300", "42": a comparison with a unit. */
export function readBound(value: string, units: Readonly<Record<string, number>>): Bound<number> | null {
  const match = /^(>=|<=|>|<|=)?(\d+(?:\.\d+)?)([a-z]*)$/i.exec(value);
  const unit =
    match && Object.hasOwn(units, (match[3] ?? "").toLowerCase())
      ? units[(match[3] ?? "").toLowerCase()]
      : undefined;
  if (!match || unit === undefined) return null;
  return { sign: (match[1] as Bound<number>["sign"] | undefined) ?? "=", than: Number(match[2]) * unit };
}

export function within(value: number, { sign, than }: Bound<number>): boolean {
  switch (sign) {
    case ">":
      return value > than;
    case ">=":
      return value >= than;
    case "<":
      return value < than;
    case "<=":
      return value <= than;
    case "=":
      return value === than;
  }
}
