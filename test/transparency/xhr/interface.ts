/** https://xhr.spec.whatwg.org/#interface-xmlhttprequest */
import { describeDescriptor, describeProperties, thrownBy, type Checks } from "../check.ts";

const METHODS = ["open", "send", "setRequestHeader", "abort"] as const;
type Loose = Record<string, (...args: unknown[]) => unknown>;
const loose = (xhr: XMLHttpRequest): Loose => xhr as unknown as Loose;

export const xhrInterface: Checks = {
  "is a property of the window": () =>
    describeDescriptor(Object.getOwnPropertyDescriptor(window, "XMLHttpRequest")),
  "the constructor's own properties": () => describeProperties(XMLHttpRequest),
  "the prototype's own properties": () => describeProperties(XMLHttpRequest.prototype),
  "where it inherits from": () => [
    XMLHttpRequest.prototype.constructor === XMLHttpRequest,
    Object.getPrototypeOf(XMLHttpRequest.prototype) === XMLHttpRequestEventTarget.prototype,
    Object.prototype.toString.call(new XMLHttpRequest()),
  ],
  "the source text is native": () =>
    METHODS.map((name) => /\[native code\]/.test(String(XMLHttpRequest.prototype[name]))),
  "the source text names the methods": () =>
    METHODS.map((name) => String(XMLHttpRequest.prototype[name]).includes(name)),
  "a new object": () => {
    const xhr = new XMLHttpRequest();
    return [
      Object.getOwnPropertyNames(xhr),
      xhr.readyState,
      xhr.status,
      xhr.responseText,
      xhr.onload,
      xhr.upload instanceof XMLHttpRequestUpload,
    ];
  },
  "methods on a wrong this": () =>
    METHODS.map((name) => [
      thrownBy(() => {
        loose(XMLHttpRequest.prototype)[name]!.call({}, "GET", "/");
      }),
      thrownBy(() => {
        loose(XMLHttpRequest.prototype)[name]!.call(undefined, "GET", "/");
      }),
    ]),
  "methods can't construct": () =>
    METHODS.map((name) =>
      thrownBy(() => new (XMLHttpRequest.prototype[name] as unknown as new () => unknown)()),
    ),
  "open, with odd arguments": () =>
    [
      [],
      ["GET"],
      ["a b", "/"],
      ["TRACE", "/"],
      ["GET", "http://["],
      [Symbol("m"), "/"],
      ["GET", Symbol("/negotiate")],
      ["POST", new URL("/answers/json/negotiate", location.href)],
      ["post", "/answers/json/negotiate?negotiateVersion=1", undefined, "user", "pw"],
    ].map((args) => {
      const xhr = new XMLHttpRequest();
      return [thrownBy(() => loose(xhr)["open"]!(...args)), xhr.readyState];
    }),
  "the URL is converted once": () => {
    let calls = 0;
    const url = { toString: () => (calls++, "/answers/json/negotiate") };
    loose(new XMLHttpRequest())["open"]!("POST", url);
    return calls;
  },
  "send and setRequestHeader, out of turn": () => {
    const xhr = new XMLHttpRequest();
    const early = [
      thrownBy(() => {
        xhr.send();
      }),
      thrownBy(() => {
        xhr.setRequestHeader("a", "b");
      }),
    ];
    xhr.open("POST", "/answers/echo/negotiate?negotiateVersion=1");
    const bad = [
      thrownBy(() => {
        xhr.setRequestHeader("a b", "c");
      }),
      thrownBy(() => {
        xhr.setRequestHeader("a", "b\n");
      }),
      thrownBy(() => loose(xhr)["setRequestHeader"]!("a")),
    ];
    xhr.send();
    const twice = [
      thrownBy(() => {
        xhr.send();
      }),
      thrownBy(() => {
        xhr.setRequestHeader("a", "b");
      }),
    ];
    xhr.abort();
    return [early, bad, twice, xhr.readyState];
  },
  "a class that extends it": () => {
    class Own extends XMLHttpRequest {
      readonly opened: unknown[] = [];
      override open(method: string, url: string | URL): void {
        this.opened.push(method);
        super.open(method, url);
      }
    }
    const own = new Own();
    own.open("POST", "/answers/json/negotiate");
    return [own.opened, own.readyState, own instanceof Own, Object.getOwnPropertyNames(own)];
  },
};
