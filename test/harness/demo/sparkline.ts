const width = 96;
const height = 24;
const points = 32;
const namespace = "http://www.w3.org/2000/svg";

/** A small line chart of the last few values, scaled to their range. */
export class Sparkline {
  readonly svg = document.createElementNS(namespace, "svg");
  readonly #line = document.createElementNS(namespace, "polyline");
  #values: number[] = [];

  constructor() {
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    // Screen readers read the number beside it.
    this.svg.setAttribute("aria-hidden", "true");
    this.svg.append(this.#line);
  }

  add(value: number): void {
    this.#values = [...this.#values, value].slice(-points);
    const lowest = Math.min(...this.#values);
    const span = Math.max(...this.#values) - lowest || 1;
    const at = (v: number, index: number): string =>
      `${((index * width) / (points - 1)).toFixed(1)},${(height - 2 - ((v - lowest) / span) * (height - 4)).toFixed(1)}`;
    this.#line.setAttribute("points", this.#values.map(at).join(" "));
  }
}
