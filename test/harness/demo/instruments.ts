import type { HubConnection, ISubscription } from "@microsoft/signalr";
import { clock, element } from "./dom.ts";
import { Sparkline } from "./sparkline.ts";

interface Tick {
  symbol: string;
  price: number;
  at: number;
}

/** Each with an update interval of its own: a board where all rows change at the same time looks artificial. */
const instruments = [
  { symbol: "ALTO", intervalMilliseconds: 700 },
  { symbol: "BRIO", intervalMilliseconds: 900 },
  { symbol: "CORAL", intervalMilliseconds: 1_100 },
  { symbol: "DUNE", intervalMilliseconds: 600 },
  { symbol: "EMBER", intervalMilliseconds: 1_300 },
  { symbol: "FJORD", intervalMilliseconds: 1_000 },
];

/** The highlight appears and disappears at once: with a fade, six rows would keep the page painting all the time. */
const flashMilliseconds = 250;

/** The table, one stream per row. */
export class Instruments {
  readonly #table: HTMLElement;
  readonly #rows: Row[];
  #subscriptions: ISubscription<Tick>[] = [];

  constructor(table: HTMLElement) {
    this.#table = table;
    this.#rows = instruments.map(({ symbol }) => new Row(symbol));
    table.querySelector("tbody")?.append(...this.#rows.map(({ row }) => row));
  }

  /** Subscribes to all streams. They end with the connection, so call this after every start and every reconnect. */
  follow(connection: HubConnection): void {
    this.#table.classList.remove("stale");
    this.#subscriptions = instruments.map(({ symbol, intervalMilliseconds }, index) =>
      connection.stream<Tick>("Ticks", symbol, intervalMilliseconds).subscribe({
        next: (tick) => this.#rows[index]?.show(tick),
        complete: () => undefined,
        error: () => this.#table.classList.add("stale"),
      }),
    );
  }

  /** Cancels the streams at the server. */
  unfollow(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#subscriptions = [];
    this.#table.classList.add("stale");
  }
}

class Row {
  readonly row: HTMLTableRowElement;
  readonly #trend = new Sparkline();
  readonly #last = element("td", "number last", "–");
  readonly #change = element("td", "number", "–");
  readonly #updated = element("td", "number time", "–");
  #first: number | undefined;
  #previous: number | undefined;
  #flashing: number | undefined;

  constructor(symbol: string) {
    this.row = element("tr", "");
    const heading = element("th", "symbol", symbol);
    heading.scope = "row";
    const trend = element("td", "trend");
    trend.append(this.#trend.svg);
    this.row.append(heading, trend, this.#last, this.#change, this.#updated);
  }

  show({ price, at }: Tick): void {
    this.#first ??= price;
    const change = (price / this.#first - 1) * 100;
    this.#last.textContent = price.toFixed(2);
    this.#change.textContent = `${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(2)} %`;
    this.#change.dataset.direction = direction(change);
    this.#updated.textContent = clock(at);
    this.#trend.add(price);
    this.#flash(direction(price - (this.#previous ?? price)));
    this.#previous = price;
  }

  #flash(to: string): void {
    this.#last.dataset.flash = to;
    clearTimeout(this.#flashing);
    this.#flashing = window.setTimeout(() => delete this.#last.dataset.flash, flashMilliseconds);
  }
}

function direction(change: number): "up" | "down" | "flat" {
  if (change === 0) return "flat";
  return change > 0 ? "up" : "down";
}
