import { describe, expect, it } from "vitest";
import { wordsFor } from "../../../extension/wording/event-words.ts";
import { stackFrames } from "../../../extension/wording/stack-frames.ts";

const CLIENT = [
  "at HubConnection.start (https://app.test/assets/index-4f1c.js:2:81234)",
  "at async HubConnection._startWithStateTransitions (https://app.test/assets/index-4f1c.js:2:80000)",
  "at new HttpConnection (https://app.test/main.js:1:1)",
  "at t.start (https://cdn.test/microsoft-signalr/8.0.7/signalr.min.js:1:2)",
  "start@https://app.test/lib/signalr/dist/browser/signalr.js:3:4",
  "start@https://app.test/node_modules/.vite/deps/@microsoft_signalr.js…:3:4",
  "at e (webpack-internal:///./node_modules/@microsoft/signalr/dist/esm/HubConnection.js:9:1)",
  "at e (https://app.test/lib/signalr-protocol-msgpack.min.js:9:1)",
  "at e (https://app.test/_framework/blazor.web.fdyxkk5r8j.js:1:99)",
];
const APP = [
  "at connect (https://app.test/src/signalr-service.js:10:5)",
  "at SignalRStore.start (https://app.test/src/signalr.service.ts:10:5)",
  "at MyHubConnection.start (https://app.test/app.js:10:5)",
  "startSignalR@https://app.test/app.js:3:1",
  "at https://app.test/signalr/index.js:1:1",
];

describe("the frames of a stack", () => {
  it.each(CLIENT)("are the client's: %s", (frame) => {
    expect(stackFrames(`${frame}\nat main (https://app.test/app.js:1:1)`)).toEqual({
      app: ["at main (https://app.test/app.js:1:1)"],
      client: [frame],
    });
  });

  it.each(APP)("are the app's: %s", (frame) => {
    expect(stackFrames(`${CLIENT[0]}\n${frame}`)).toEqual({ app: [frame], client: [CLIENT[0]] });
  });

  it("are all shown where none is the app's", () => {
    expect(stackFrames(CLIENT.join("\n"))).toEqual({ app: CLIENT, client: [] });
  });

  it("lead in a row of the log, too", () => {
    const stack = [CLIENT[0], CLIENT[1], APP[0]].join("\n");
    const { text } = wordsFor({ kind: "call-site", seq: 1, t: 0, hub: 1, method: "start", stack }, null);
    expect(text).toBe(`${APP[0]} · 2 frames of the client`);
  });
});
