import { HubConnectionState } from "@microsoft/signalr";
import { byId, clock, element } from "./dom.ts";

const maximumLines = 50;

/** The badge in the header, the button beside it, and the list of what happened to the connection. */
export class Status {
  readonly #badge = byId("status");
  readonly #button = byId("connect", HTMLButtonElement);
  readonly #history = byId("history");

  show(state: HubConnectionState, note: string): void {
    this.#badge.textContent = state;
    this.#badge.dataset.state = state;
    this.#button.textContent = state === HubConnectionState.Disconnected ? "Connect" : "Disconnect";
    const line = element("li", "");
    line.append(element("time", "", clock(Date.now())), element("span", "", note));
    this.#history.prepend(line);
    while (this.#history.childElementCount > maximumLines) this.#history.lastElementChild?.remove();
  }

  onToggle(toggle: () => void): void {
    this.#button.addEventListener("click", toggle);
  }
}
