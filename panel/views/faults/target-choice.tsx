import { usePanel } from "../../state/panel-state.ts";
import type { FaultName } from "../../../extension/core/faults/vocabulary.ts";
import { choicesFor, chosenFor, reachesOf, scopesOf, type Reach } from "./target.ts";
import { FormRow } from "./field.tsx";

interface Props {
  readonly name: FaultName;
  readonly reach: Reach;
  /** A problem with percentage or seed. */
  readonly problem: { readonly field: "percent" | "seed"; readonly say: string } | null;
  readonly onReach: (reach: Reach) => void;
}

const ofTarget = { connection: "This connection", hub: "All connections to this hub" } as const;

/** The target of the fault: only possible targets are offered. */
export function TargetChoice({ name, reach, problem, onReach }: Props) {
  const { faults } = usePanel();
  const all = faults.targets.value;
  const choices = choicesFor(name, all);
  const chosen = chosenFor(name, all, faults.target.value);
  const reaches = reachesOf(name);
  return (
    <>
      <FormRow id="fault-target" label="Target" grouped>
        {choices.length === 0 ? (
          <span class="dim">none</span>
        ) : (
          <span class="seg" role="radiogroup" aria-labelledby="fault-target-label">
            {choices.map((one) => (
              <label key={one.key}>
                <input
                  type="radio"
                  name="target"
                  checked={one.key === chosen?.key}
                  data-testid="fault-target"
                  onChange={() => {
                    faults.targetKey.value = one.key;
                  }}
                />
                {one.label}
                {one.hub !== null && one.socket === null && <span class="dim">&nbsp;· closed</span>}
              </label>
            ))}
          </span>
        )}
      </FormRow>
      {chosen !== null && chosen.hub !== null && (
        <FormRow id="fault-reach" label="Scope" grouped>
          {reaches.length > 1 ? (
            <span class="seg" role="radiogroup" aria-labelledby="fault-reach-label">
              {reaches.map((one) => (
                <label key={one}>
                  <input
                    type="radio"
                    name="reach"
                    checked={reach.of === one}
                    data-testid={`fault-reach-${one}`}
                    onChange={() => {
                      onReach({ ...reach, of: one });
                    }}
                  />
                  {ofTarget[one]}
                </label>
              ))}
            </span>
          ) : (
            <span>All connections to this hub, including new ones.</span>
          )}
        </FormRow>
      )}
      {chosen !== null && chosen.hub === null && scopesOf(name).includes("share") && (
        <ShareOf reach={reach} problem={problem} onReach={onReach} />
      )}
    </>
  );
}

/** A random seed, with which the same connections can be chosen again. */
const anySeed = (): string => String(Math.floor(Math.random() * 10_000));

function ShareOf({ reach, problem, onReach }: Omit<Props, "name">) {
  const { share } = reach;
  return (
    <FormRow
      id="fault-share"
      label="Connections"
      grouped
      note={problem?.say ?? (share === null ? "" : "of the connections; the same seed selects the same ones")}
      wrong={problem !== null}
    >
      <span class="seg" role="radiogroup" aria-labelledby="fault-share-label">
        {([false, true] as const).map((some) => (
          <label key={String(some)}>
            <input
              type="radio"
              name="share"
              checked={(share !== null) === some}
              data-testid={some ? "fault-share-some" : "fault-share-all"}
              onChange={() => {
                onReach({ ...reach, share: some ? { percent: "50", seed: anySeed() } : null });
              }}
            />
            {some ? "Some" : "All"}
          </label>
        ))}
      </span>
      {share !== null &&
        (["percent", "seed"] as const).map((key) => (
          <span key={key} class={problem?.field === key ? "input wrong" : "input"}>
            {key === "seed" && <span class="unit before">seed</span>}
            <input
              aria-label={key === "percent" ? "Percentage of the connections" : "Seed"}
              inputMode="decimal"
              maxLength={12}
              value={share[key]}
              aria-invalid={problem?.field === key}
              data-testid={`fault-share-${key}`}
              onInput={(event) => {
                onReach({ ...reach, share: { ...share, [key]: event.currentTarget.value } });
              }}
            />
            {key === "percent" && <span class="unit">%</span>}
          </span>
        ))}
    </FormRow>
  );
}
