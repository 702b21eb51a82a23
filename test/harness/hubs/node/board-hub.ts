import { setTimeout as wait } from "node:timers/promises";
import { type HubMethod, invokable, streaming } from "./hub-method.ts";
import { HubException, ServerError } from "./server-error.ts";

/** The hub that every test server has; the ASP.NET Core app has the same in C#. */
export const boardHub: Readonly<Record<string, HubMethod>> = {
  Echo: invokable(["any"], (_call, value) => value),
  Add: invokable(["number", "number"], (_call, a, b) => a + b),
  WhoAmI: invokable([], (call) => call.connectionId),

  Fail: invokable(["string"], (_call, text) => {
    throw new HubException(text ?? "");
  }),
  Crash: invokable([], () => {
    throw new ServerError("InvalidOperationException", "The board fell over.");
  }),
  AbortMe: invokable([], (call) => call.abort()),
  Delay: invokable(["number"], async (call, milliseconds) => {
    await wait(milliseconds, undefined, { signal: call.signal });
  }),

  JoinBoard: invokable(["string"], (call, board) => call.joinGroup(board ?? "")),
  LeaveBoard: invokable(["string"], (call, board) => call.leaveGroup(board ?? "")),
  Say: invokable(["string", "string", "string"], (call, board, user, text) =>
    call.sendToGroup(board ?? "", "messageReceived", user, text, Date.now()),
  ),
  AskClient: invokable(["string"], (call, question) => call.askCaller("answer", question)),

  Counter: streaming(["number", "number"], async function* (call, count, delayMilliseconds) {
    if (count < 0) throw new HubException("The count must not be negative.");
    for (let n = 0; n < count; n++) {
      yield n;
      await wait(delayMilliseconds, undefined, { signal: call.signal });
    }
  }),
  Ticks: streaming(["string", "number"], async function* (call, symbol, intervalMilliseconds) {
    for (let price = firstPrice(symbol ?? ""); ; price = nextPrice(price)) {
      yield { symbol, price, at: Date.now() };
      await wait(intervalMilliseconds, undefined, { signal: call.signal });
    }
  }),
  Sum: invokable(["numbers"], async (_call, numbers) => {
    let total = 0;
    for await (const number of numbers) total += number;
    return total;
  }),
  Flood: invokable(["number", "number"], async (call, count, size) => {
    const filler = "x".repeat(size);
    for (let index = 0; index < count; index++) await call.sendToCaller("flood", index, filler);
  }),
};

/** Every symbol starts at a different price. */
function firstPrice(symbol: string): number {
  let sum = 0;
  for (let index = 0; index < symbol.length; index++) sum += symbol.charCodeAt(index) * 7;
  return 20 + (sum % 200);
}

/** A random walk that stays above zero and has two decimals. */
function nextPrice(price: number): number {
  return Math.max(1, Math.round((price + Math.random() - 0.5) * 100) / 100);
}
