/** Another user of the hub, outside of the browser: says something on the board, again and again. */
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

export interface Talker {
  stop(): Promise<void>;
}

/** @param hub its own way to the hub, which stays when the browser's is lost */
export async function talker(hub: string, everyMilliseconds = 150): Promise<Talker> {
  const connection = new HubConnectionBuilder().configureLogging(LogLevel.None).withUrl(hub).build();
  await connection.start();
  let said = 0;
  const timer = setInterval(() => {
    void connection.send("Say", "main", "Ada", `message ${++said}`).catch(() => undefined);
  }, everyMilliseconds);
  return {
    async stop() {
      clearInterval(timer);
      await connection.stop();
    },
  };
}
