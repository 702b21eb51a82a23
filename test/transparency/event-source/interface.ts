/** https://html.spec.whatwg.org/#the-eventsource-interface */
import { describeDescriptor, describeProperties, thrownBy, type Checks } from "../check.ts";

type Loose = new (...args: unknown[]) => EventSource;
const Loose = (): Loose => EventSource as unknown as Loose;

const closed = (source: EventSource): EventSource => {
  source.close();
  return source;
};

export const eventSourceInterface: Checks = {
  "is a property of the window": () =>
    describeDescriptor(Object.getOwnPropertyDescriptor(window, "EventSource")),
  "the constructor's own properties": () => describeProperties(EventSource),
  "the prototype's own properties": () => describeProperties(EventSource.prototype),
  "name, length and statics": () => [
    EventSource.name,
    EventSource.length,
    EventSource.CONNECTING,
    EventSource.OPEN,
    EventSource.CLOSED,
  ],
  "where it inherits from": () => [
    EventSource.prototype.constructor === EventSource,
    Object.getPrototypeOf(EventSource) === EventTarget,
    Object.getPrototypeOf(EventSource.prototype) === EventTarget.prototype,
    Object.prototype.toString.call(EventSource.prototype),
  ],
  "the source text is native": () =>
    [EventSource, Object.getOwnPropertyDescriptor(EventSource.prototype, "close")?.value as unknown].map(
      (fn) => /\[native code\]/.test(Function.prototype.toString.call(fn)),
    ),
  "the source text names the constructor": () =>
    /EventSource/.test(Function.prototype.toString.call(EventSource)),
  "on a wrong this": () => [
    ...["url", "readyState", "withCredentials", "onmessage"].map((name) =>
      thrownBy(() => Reflect.get(EventSource.prototype, name, {})),
    ),
    thrownBy(() => {
      EventSource.prototype.close.call({} as EventSource);
    }),
    thrownBy(() => {
      EventSource.prototype.close.call(undefined as unknown as EventSource);
    }),
  ],
  "called without new": () =>
    thrownBy(() => (EventSource as unknown as (url: string) => unknown)("/answers/events")),
  "odd arguments": () =>
    [[], ["http://["], [Symbol("x")], ["/answers/events", 5], ["/answers/events", null]].map((args) =>
      thrownBy(() => closed(new (Loose())(...args))),
    ),
  "a throwing argument": () =>
    thrownBy(
      () =>
        new (Loose())({
          toString() {
            throw new RangeError("mine");
          },
        }),
    ),
  "the arguments are converted once": () => {
    const seen: string[] = [];
    const url = { toString: () => (seen.push("url"), "/answers/events") };
    const options = {
      get withCredentials() {
        seen.push("credentials");
        return true;
      },
    };
    const source = closed(new (Loose())(url, options));
    return [seen, source.withCredentials, source.url.replace(/:\d+/, ":N")];
  },
  "a new source": () => {
    const source = new EventSource(new URL("/answers/events?id=5", location.href));
    const seen = [
      source.readyState,
      source.withCredentials,
      source.url.replace(/:\d+/, ":N"),
      source.onopen,
      source.onmessage,
      Object.getOwnPropertyNames(source),
      source instanceof EventSource,
      source instanceof EventTarget,
      source.constructor === EventSource,
      Object.getPrototypeOf(source) === EventSource.prototype,
    ];
    source.close();
    return [...seen, source.readyState];
  },
  "a class that extends it": () => {
    class Own extends EventSource {
      readonly field = 1;
      readonly target: unknown;
      closes = 0;
      constructor(url: string) {
        super(url);
        this.target = new.target;
      }
      override close(): void {
        this.closes++;
        super.close();
      }
    }
    const own = new Own("/answers/events");
    own.close();
    return [
      own instanceof Own,
      own.constructor === Own,
      own.target === Own,
      own.closes,
      own.readyState,
      Object.getPrototypeOf(Own) === EventSource,
      Object.getOwnPropertyNames(own).sort(),
    ];
  },
  "Reflect.construct with another new.target": () => {
    function Other(): void {
      // only its prototype counts
    }
    Other.prototype = Object.create(EventSource.prototype) as object;
    const own = closed(Reflect.construct(EventSource, ["/answers/events"], Other) as EventSource);
    return [own instanceof Other, Object.getPrototypeOf(own) === Other.prototype, own.readyState];
  },
};
