/** What rows of all CSV files say of where something was. */
import type { Direction } from "../../core/protocol/terms.ts";
import { hubName } from "../../core/model/hub-name.ts";
import { typeName } from "../../wording/labels.ts";
import { KIND_WORD } from "../../wording/transport-name.ts";
import type { MessageType } from "../../core/protocol/terms.ts";
import type { Place } from "../places.ts";
import type { Cell } from "./csv-text.ts";

export const hubCell = ({ hub }: Place): Cell => (hub ? hubName(hub) : null);

export const transportCell = ({ transport }: Place): Cell =>
  transport ? KIND_WORD[transport.transport] : null;

/** Of the transport connection, as far as it is known by then. */
export const connectionIdCell = ({ transport, hub }: Place): Cell =>
  transport?.connectionId ?? (transport ? (hub?.connectionId ?? null) : null);

export const directionCell = (direction: Direction): Cell => (direction === "in" ? "to client" : "to server");

export const messageTypeCell = (type: MessageType): Cell => (type === 0 ? "Not decoded" : typeName(type));
