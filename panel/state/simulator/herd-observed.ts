/** Starting values from a recording: what was observed of a hub connection, in the form's units. */
import { observe, type HerdObservations } from "../../../extension/core/herd/observed.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { counted } from "../../../extension/core/text/format.ts";
import type { HerdKey } from "./herd-fields.ts";

export interface ObservedValue {
  readonly value: string;
  /** "observed", or partly assumed; the sentence says why. */
  readonly certain: boolean;
  readonly say: string;
}
export type ObservedValues = Readonly<Partial<Record<HerdKey, ObservedValue>>>;

export function observedValues(hub: HubConnectionModel): ObservedValues {
  const { policy, connectTime, refusalTime } = observe(hub);
  const taken = (attempts: number): string => `Measured in ${counted(attempts, "attempt")}.`;
  return {
    ...(policy ? policyValues(policy) : {}),
    ...(connectTime && {
      connectFrom: { value: String(connectTime.value.from), certain: true, say: taken(connectTime.attempts) },
      connectTo: { value: String(connectTime.value.to), certain: true, say: taken(connectTime.attempts) },
    }),
    ...(refusalTime && {
      refusal: { value: String(refusalTime.value), certain: true, say: taken(refusalTime.attempts) },
    }),
  };
}

type Policy = NonNullable<HerdObservations["policy"]>;

function policyValues({ value, losses, known, end, varied }: Policy): ObservedValues {
  const after = `after ${counted(losses, "loss", "losses")}`;
  const seen =
    losses === 0
      ? "The client has no automatic reconnect."
      : known === "planned"
        ? `Answers of the retry policy ${after}.`
        : `How long the client waited ${after}.`;
  const ends = {
    seen,
    default: "The client's default begins with the delays that were seen.",
    assumed: "The policy wasn't seen to give up.",
  };
  return {
    kind: { value: "list", certain: true, say: seen },
    delays: {
      value: value.delays.map((delay) => String(delay / 1_000)).join(", "),
      certain: end !== "default" && !varied,
      say: end === "default" ? ends.default : varied ? `${seen} They differed: these are the longest.` : seen,
    },
    then: { value: value.then, certain: end === "seen", say: ends[end] },
    jitter: {
      value: value.jitter,
      certain: losses > 1 && !varied,
      say: varied
        ? "The delays differed from loss to loss. That it is full jitter is assumed."
        : losses > 1
          ? "The delays were the same after each loss."
          : "One loss doesn't tell whether the delays differ.",
    },
  };
}
