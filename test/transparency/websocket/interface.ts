/**
 * The interface object and its prototype.
 * https://websockets.spec.whatwg.org/#the-websocket-interface
 * https://webidl.spec.whatwg.org/#interface-object
 */
import { describeDescriptor, describeProperties, thrownBy, type Checks } from "../check.ts";

export const websocketInterface: Checks = {
  "is a property of the window": () =>
    describeDescriptor(Object.getOwnPropertyDescriptor(window, "WebSocket")),
  "the constructor's own properties": () => describeProperties(WebSocket),
  "the prototype's own properties": () => describeProperties(WebSocket.prototype),
  "name and length": () => [WebSocket.name, WebSocket.length],
  statics: () => [WebSocket.CONNECTING, WebSocket.OPEN, WebSocket.CLOSING, WebSocket.CLOSED],
  "prototype.constructor is the constructor": () => WebSocket.prototype.constructor === WebSocket,
  "inherits from EventTarget": () => [
    Object.getPrototypeOf(WebSocket) === EventTarget,
    Object.getPrototypeOf(WebSocket.prototype) === EventTarget.prototype,
  ],
  typeof: () => [typeof WebSocket, Object.prototype.toString.call(WebSocket.prototype)],
  "prototype can't be replaced": () => thrownBy(() => ((WebSocket as { prototype: unknown }).prototype = {})),
  extensible: () => [Object.isExtensible(WebSocket), Object.isFrozen(WebSocket)],
  "the source text is native": () => [
    /\[native code\]/.test(Function.prototype.toString.call(WebSocket)),
    /\[native code\]/.test(String(WebSocket.prototype.send)),
  ],
  "the source text names the constructor": () =>
    /WebSocket/.test(Function.prototype.toString.call(WebSocket)),
  "getters on a wrong this": () =>
    ["url", "readyState", "bufferedAmount", "onopen", "binaryType"].map((name) =>
      thrownBy(() => Reflect.get(WebSocket.prototype, name, {})),
    ),
  "methods on a wrong this": () => {
    const { send, close } = WebSocket.prototype;
    return [
      thrownBy(() => {
        send.call({} as WebSocket, "x");
      }),
      thrownBy(() => {
        close.call(undefined as unknown as WebSocket);
      }),
      thrownBy(() => {
        send.call("text" as unknown as WebSocket, "x");
      }),
      thrownBy(() => {
        close.call(document as unknown as WebSocket);
      }),
    ];
  },
  "methods can't construct": () => {
    const { send } = WebSocket.prototype as unknown as { send: new () => unknown };
    return thrownBy(() => new send());
  },
  "deleting and restoring it": () => {
    const before = Object.getOwnPropertyDescriptor(window, "WebSocket");
    const deleted = Reflect.deleteProperty(window, "WebSocket");
    const gone = !("WebSocket" in window);
    if (before) Object.defineProperty(window, "WebSocket", before);
    return [deleted, gone, typeof WebSocket];
  },
};
