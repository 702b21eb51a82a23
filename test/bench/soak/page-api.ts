/** What the page of the soak offers. */
export interface SoakPage {
  /** Opens so many connections, and lets the server send so many messages a second on all of them together. */
  start(connections: number, perSecond: number): Promise<void>;
  /** Messages that the server has sent so far, as the page has received them. */
  received(): number;
  /** Lets the server cut the first connection so often, each time as soon as it is connected again. */
  reconnect(times: number): Promise<void>;
  /** Ends the sending. Resolves when the last message is here; rejects if one is missing. */
  stop(): Promise<void>;
}

declare global {
  interface Window {
    soak: SoakPage;
  }
}
