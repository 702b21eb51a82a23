import { useRef, useState } from "preact/hooks";
import { FAULTS, type FaultName } from "../../../extension/core/faults/vocabulary.ts";
import { usePanel } from "../../state/panel-state.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import { ScorecardTeaser } from "../../components/scorecard-head.tsx";
import type { Reach } from "./target.ts";
import { catalogue, hintFor } from "./catalogue.ts";
import { FaultForm } from "./fault-form.tsx";
import { FaultHistory } from "./fault-history.tsx";
import { RunningFaults } from "../../components/running-faults.tsx";

export function FaultLab() {
  const [chosen, setChosen] = useState<FaultName>("abrupt-loss");
  // Shared by all forms, so that a hub has to be chosen only once for several faults.
  const [reach, setReach] = useState<Reach>({ of: "connection", share: null });
  return (
    <div class="pane pane-lab" id="pane" role="tabpanel" aria-labelledby="tab-faults">
      <RunningFaults />
      <div class="pane-faults">
        <Catalogue chosen={chosen} onChoose={setChosen} />
        <section class="col fault-form" aria-label={FAULTS[chosen].title}>
          <FaultForm key={chosen} name={chosen} reach={reach} onReach={setReach} />
        </section>
        <section class="col fault-history" aria-label="Injected faults">
          <ScorecardTeaser />
          <FaultHistory />
        </section>
      </div>
    </div>
  );
}

interface CatalogueProps {
  readonly chosen: FaultName;
  readonly onChoose: (name: FaultName) => void;
}

function Catalogue({ chosen, onChoose }: CatalogueProps) {
  const panel = usePanel();
  const [search, setSearch] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const groups = catalogue(search);
  const names = groups.flatMap(({ faults }) => faults);
  const running = new Set(panel.faults.running.value.map((fault) => fault.command.name));
  const choose = (name: FaultName | undefined): void => {
    if (name === undefined) return;
    onChoose(name);
    list.current?.querySelector(`#fault-option-${name}`)?.scrollIntoView({ block: "nearest" });
  };
  /** @returns whether the key moves the selection */
  const move = (key: string): boolean => {
    const at = names.indexOf(chosen);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: names.length - 1 }[key];
    if (to === undefined) return false;
    choose(names[Math.max(0, Math.min(names.length - 1, to))]);
    return true;
  };
  return (
    <div class="col catalogue">
      <div class="find">
        <Icon name="search" small />
        <input
          type="search"
          value={search}
          placeholder="Find a fault, e.g. 429, ping, proxy"
          aria-label="Find a fault"
          aria-controls="fault-list"
          data-testid="fault-search"
          onInput={(event) => {
            setSearch(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape" && search !== "") {
              event.stopPropagation();
              setSearch("");
            } else if (event.key === "Enter") choose(names[0]);
            else if (event.key === "ArrowDown") list.current?.focus();
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div
        ref={list}
        class="fault-list"
        id="fault-list"
        role="listbox"
        aria-label="Faults"
        tabIndex={0}
        aria-activedescendant={names.includes(chosen) ? `fault-option-${chosen}` : undefined}
        onKeyDown={(event) => {
          if (move(event.key)) event.preventDefault();
        }}
      >
        {groups.map(({ title, icon, faults }) => (
          <div key={title} role="group" aria-label={title}>
            <h3 aria-hidden="true">
              <Icon name={icon} />
              {title}
            </h3>
            {faults.map((name) => (
              <div
                key={name}
                id={`fault-option-${name}`}
                class={running.has(name) ? "fault-option live" : "fault-option"}
                role="option"
                aria-selected={name === chosen}
                data-testid={`fault-${name}`}
                onClick={() => {
                  onChoose(name);
                }}
              >
                <span>{FAULTS[name].title}</span>
                <span>{running.has(name) ? "running" : hintFor(name)}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
      {names.length === 0 && (
        <p class="soft pad" role="status">
          No faults match.
        </p>
      )}
    </div>
  );
}
