/** The field that holds the command of a fault. */
import { isObject } from "../is-object.ts";
import { FAULTS } from "../faults/outlines.ts";
import type { FaultTarget } from "../faults/fault-details.ts";
import type { FaultCommand } from "../faults/registry.ts";
import { REFUSED, count, flag, list, number, text, type Field } from "./field-types.ts";

const MAX_TYPES = 10;
/**
 * The parameter names of all faults (a test compares them with the faults' tables). The tables themselves would be too large
 * for every page.
 */
export const COMMAND_FIELDS: readonly string[] = [
  ..."after allowReconnect bytesPerSecond code delay direction duration error idle jitter limit method".split(
    " ",
  ),
  ..."period probability reason retryAfter seed status times types window".split(" "),
];
const parameter: Field<unknown> = {
  read: (value) =>
    number.read(value) !== REFUSED || flag.read(value) !== REFUSED
      ? value
      : Array.isArray(value)
        ? list(number, MAX_TYPES).read(value)
        : text.read(value),
};

/** The target. Each scope has its own required fields, as they are shown. */
const target: Field<FaultTarget> = {
  read(value) {
    if (!isObject(value)) return REFUSED;
    switch (value["scope"]) {
      case "page":
        return { scope: "page" };
      case "connection": {
        const socket = count.read(value["socket"]);
        return socket === REFUSED ? REFUSED : { scope: "connection", socket };
      }
      case "hub": {
        const url = text.read(value["url"]);
        return url === REFUSED ? REFUSED : { scope: "hub", url };
      }
      case "share": {
        const percent = number.read(value["percent"]);
        const seed = number.read(value["seed"]);
        return percent === REFUSED || seed === REFUSED ? REFUSED : { scope: "share", percent, seed };
      }
      default:
        return REFUSED;
    }
  },
};

/** The fault's command. An event with an unknown fault is rejected. */
export const command: Field<FaultCommand> = {
  read(value) {
    if (!isObject(value)) return REFUSED;
    const { name } = value;
    if (typeof name !== "string" || !Object.hasOwn(FAULTS, name)) return REFUSED;
    const faultTarget = target.read(value["target"]);
    const parameters = known(value, COMMAND_FIELDS);
    if (faultTarget === REFUSED || parameters === REFUSED) return REFUSED;
    // Whether the parameters are valid for the fault was checked when it was injected.
    return { name, target: faultTarget, ...parameters } as unknown as FaultCommand;
  },
};

function known(
  value: Record<string, unknown>,
  names: readonly string[],
): Record<string, unknown> | typeof REFUSED {
  const found: Record<string, unknown> = {};
  for (const name of names) {
    if (value[name] === undefined) continue;
    const read = parameter.read(value[name]);
    if (read === REFUSED) return REFUSED;
    found[name] = read;
  }
  return found;
}
