import type { HubConnection } from "@microsoft/signalr";
import { byId, clock, element } from "./dom.ts";

const board = "main";
const maximumMessages = 200;

/** The chat panel: all members of the board's group receive its messages. */
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

  /** Group membership belongs to the connection id: after a reconnect with a new id the client must join again. */
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
