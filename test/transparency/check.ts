/** Shared parts of the checks. They run in a page, so nothing here may need Node. */

/** The addresses of the servers for the page. */
export interface Place {
  /** The page's own origin, as `http://…` without a trailing slash. */
  readonly origin: string;
  /** Another origin, whose answers have no CORS headers. */
  readonly elsewhere: string;
  /** A WebSocket server that echoes messages and understands a few commands. */
  readonly socket: string;
  /** A SignalR hub. */
  readonly hub: string;
}

/** Checks one thing. The returned value is compared as JSON between the native and the hooked page. */
export type Check = (place: Place) => unknown;
export type Checks = Readonly<Record<string, Check>>;

export interface Thrown {
  readonly thrown: string;
  readonly message: string;
  readonly kind: string;
}

/** What `run` throws, in a form that can be compared; "nothing" if it doesn't throw. */
export function thrownBy(run: () => unknown): Thrown | "nothing" {
  try {
    run();
  } catch (error) {
    return describeError(error);
  }
  return "nothing";
}

export async function rejectionOf(run: () => Promise<unknown>): Promise<Thrown | "nothing"> {
  try {
    await run();
  } catch (error) {
    return describeError(error);
  }
  return "nothing";
}

export function describeError(error: unknown): Thrown {
  if (typeof error !== "object" || error === null)
    return { thrown: typeof error, message: String(error), kind: "" };
  const { name, message } = error as Error;
  return { thrown: name, message, kind: Object.prototype.toString.call(error) };
}

export function nextEvent<E extends Event>(target: EventTarget, type: string): Promise<E> {
  return new Promise((resolve) => {
    target.addEventListener(
      type,
      (event) => {
        resolve(event as E);
      },
      { once: true },
    );
  });
}

/** An open socket to the echo server. */
export async function openSocket(place: Place, protocols?: string | string[]): Promise<WebSocket> {
  const socket = new WebSocket(place.socket, protocols);
  await nextEvent(socket, "open");
  return socket;
}

export async function closeSocket(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const closed = nextEvent(socket, "close");
  socket.close();
  await closed;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The own properties of `target` with their attributes; functions by their name and length. */
export function describeProperties(target: object): Record<string, string> {
  const described: Record<string, string> = {};
  for (const key of Reflect.ownKeys(target)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(target, key);
    if (descriptor) described[String(key)] = describeDescriptor(descriptor);
  }
  return described;
}

export function describeDescriptor(descriptor: PropertyDescriptor | undefined): string {
  if (!descriptor) return "none";
  const { get, set, writable, enumerable, configurable } = descriptor;
  const value: unknown = descriptor.value;
  const flags = [
    writable === undefined ? "" : `writable ${String(writable)}`,
    `enumerable ${String(enumerable)}`,
    `configurable ${String(configurable)}`,
  ].filter(Boolean);
  const holds =
    get || set ? `get ${describeValue(get)} set ${describeValue(set)}` : `value ${describeValue(value)}`;
  return `${holds}; ${flags.join(", ")}`;
}

function describeValue(value: unknown): string {
  if (typeof value === "function") {
    // Without `toString`: a check of its own tests the source text of wrapped functions.
    const properties = Reflect.ownKeys(value).map(String).join(",");
    return `function ${value.name}(${String(value.length)}) with ${properties}`;
  }
  if (typeof value === "object" && value !== null) return Object.prototype.toString.call(value);
  return `${typeof value} ${String(value)}`;
}

/** Compiles sloppy-mode code: modules are strict. */
export function sloppy(parameters: string, body: string): (...args: unknown[]) => unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- there is no other way to sloppy code from a module
  return new Function(parameters, body) as (...args: unknown[]) => unknown;
}
