/** A simulated tab as data source of the panel: a script breaks and restores its connection, while its clock stands still. */
import { createMemorySource, type MemorySource } from "../../../panel/state/memory-source.ts";
import { FakeTab } from "../core/scenarios/fake-tab.ts";

export class ScriptedTab {
  readonly tab = new FakeTab().connected();
  readonly source: MemorySource = createMemorySource({ now: () => this.tab.now });
  #shown = 0;

  constructor() {
    this.source.inject = async (_page, command) => {
      const answer = await this.tab.ports.inject(command);
      this.show();
      return answer;
    };
    this.source.endFault = async (page, fault) => {
      if (fault !== "all") await this.tab.ports.end(page, fault);
      this.show();
    };
    this.show();
  }

  /** Passes the events that the script has added to the panel. */
  show(): void {
    const events = this.tab.script.events.slice(this.#shown);
    this.#shown = this.tab.script.events.length;
    if (events.length > 0) this.source.append("p", events, { url: "https://board.example/?user=1", hubs: 1 });
  }

  /** From now on every fault makes the connection lost for this time. */
  losesFor(time: number): void {
    let id = 1;
    this.tab.onFault = () => {
      this.tab.now += 100;
      this.tab.lose();
      this.tab.now += time;
      this.tab.reconnect(`id-${++id}-${time}`);
      this.tab.now += 100;
    };
  }
}
