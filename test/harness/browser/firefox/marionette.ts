import net from "node:net";

/** A command that failed: WebDriver's error code and Firefox's message. */
class MarionetteError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = "MarionetteError";
  }
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * Firefox's own automation protocol: each packet is `<bytes>:<JSON>`, a command `[0, id, name, parameters]`, its answer
 * `[1, id, error, result]`. Firefox sends the first packet, an object with its version.
 */
export class Marionette {
  private buffer: Buffer = Buffer.alloc(0);
  private lastId = 0;
  private readonly pending = new Map<number, Pending>();

  private constructor(private readonly socket: net.Socket) {
    socket.on("data", (chunk: Buffer) => {
      this.receive(chunk);
    });
    socket.on("error", (error) => {
      this.fail(error);
    });
    socket.on("close", () => {
      this.fail(new Error("Firefox closed the connection"));
    });
  }

  static connect(port: number): Promise<Marionette> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(port, "127.0.0.1");
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new Marionette(socket));
      });
    });
  }

  /** Sends a command. The caller must know the type of its result from the protocol. */
  send<T = unknown>(name: string, parameters: object = {}): Promise<T> {
    const id = ++this.lastId;
    const packet = Buffer.from(JSON.stringify([0, id, name, parameters]));
    return new Promise<T>((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.socket.write(Buffer.concat([Buffer.from(`${String(packet.length)}:`), packet]));
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (;;) {
      const colon = this.buffer.indexOf(":");
      if (colon < 0) return;
      const start = colon + 1;
      const end = start + Number(this.buffer.toString("latin1", 0, colon));
      if (this.buffer.length < end) return;
      const packet: unknown = JSON.parse(this.buffer.toString("utf8", start, end));
      this.buffer = this.buffer.subarray(end);
      if (Array.isArray(packet))
        this.settle(packet as [1, number, { error: string; message: string } | null, unknown]);
    }
  }

  private settle([, id, error, result]: [
    1,
    number,
    { error: string; message: string } | null,
    unknown,
  ]): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    if (error) pending?.reject(new MarionetteError(error.error, error.message));
    else pending?.resolve(result);
  }

  private fail(error: Error): void {
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }
}
