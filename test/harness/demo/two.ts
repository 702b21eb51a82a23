import { HubConnectionBuilder } from "@microsoft/signalr";
import { byId, element } from "./dom.ts";

/** Two connections, one to each hub, both kept open, as in a bigger app. */
const board = new URLSearchParams(location.search).get("hub") ?? document.body.dataset.hubUrl ?? "";
const hubs = byId("hubs");

for (const url of [board, board.replace("/hubs/board", "/hubs/chat")]) {
  const state = element("dd", "", "Connecting");
  hubs.append(element("dt", "", new URL(url).pathname), state);
  const connection = new HubConnectionBuilder().withUrl(url).withAutomaticReconnect().build();
  const show = (): void => void (state.textContent = connection.state);
  connection.onreconnecting(show);
  connection.onreconnected(show);
  connection.onclose(show);
  connection
    .start()
    .then(() => connection.invoke("JoinBoard", "main"))
    .then(show, show);
}
