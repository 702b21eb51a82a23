import type { HubConnection } from "@microsoft/signalr";
import { byId, clock, element } from "./dom.ts";

const board = "main";
const maximumMessages = 200;

/** The chat panel: whoever has joined the board's group gets what is said there. */
export class Chat {
  readonly #user = `Guest ${Math.floor(Math.random() * 900 + 100)}`;
  readonly #messages = byId("messages");
  readonly #text = byId("text", HTMLInputElement);
  readonly #form = byId("say", HTMLFormElement);

  constructor(connection: () => HubConnection) {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#say(connection());
    });
  }

  listen(connection: HubConnection): void {
    connection.on("messageReceived", (user: string, text: string, at: number) => this.#show(user, text, at));
  }

  /** Membership belongs to the connection id: a new id is in no group until it joins. */
  async join(connection: HubConnection): Promise<void> {
    await connection.invoke("JoinBoard", board);
  }

  async #say(connection: HubConnection): Promise<void> {
    const text = this.#text.value.trim();
    if (text === "") return;
    try {
      await connection.invoke("Say", board, this.#user, text);
      this.#text.value = "";
    } catch (error) {
      this.#note(`Not sent. ${error instanceof Error ? error.message : ""}`);
    }
  }

  #show(user: string, text: string, at: number): void {
    const item = element("li", user === this.#user ? "mine" : "");
    item.append(element("b", "", user), element("time", "", clock(at)), element("p", "", text));
    this.#append(item);
  }

  #note(text: string): void {
    this.#append(element("li", "note", text));
  }

  #append(item: HTMLLIElement): void {
    this.#messages.append(item);
    while (this.#messages.childElementCount > maximumMessages) this.#messages.firstElementChild?.remove();
    this.#messages.scrollTop = this.#messages.scrollHeight;
  }
}
