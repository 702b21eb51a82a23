import { frameBytes } from "./frame.ts";
import { type HubMessage, isCounted, MessageType } from "./hub-messages.ts";
import type { HubProtocol } from "./hub-protocol.ts";
import { ServerError } from "./server-error.ts";

const ackIntervalMilliseconds = 1_000;

interface Kept {
  readonly sequenceId: number;
  readonly message: HubMessage;
  readonly bytes: number;
}

/**
 * Stateful reconnect for one connection: numbers the counted messages of both directions, keeps what the client hasn't
 * acknowledged, and sends it again over a new transport.
 */
export class MessageBuffer {
  readonly #protocol: HubProtocol;
  readonly #limitBytes: number;
  readonly #write: (message: HubMessage) => Promise<void> | void;
  readonly #ackTimer: NodeJS.Timeout;
  #kept: Kept[] = [];
  #keptBytes = 0;
  #sentCount = 0;
  #room: { promise: Promise<void>; resolve: () => void } | undefined;
  #nextReceived = 1;
  #latestReceived = 0;
  #acked = 0;

  /** Messages given to `write` may be lost with the transport; numbered ones are then sent again. */
  constructor(
    protocol: HubProtocol,
    limitBytes: number,
    write: (message: HubMessage) => Promise<void> | void,
  ) {
    this.#protocol = protocol;
    this.#limitBytes = limitBytes;
    this.#write = write;
    this.#ackTimer = setInterval(() => this.#acknowledge(), ackIntervalMilliseconds);
  }

  /** Lets the writer wait while too many bytes are unacknowledged. */
  async send(message: HubMessage): Promise<void> {
    while (this.#room) await this.#room.promise;
    if (isCounted(message)) this.#keep(message);
    await this.#write(message);
  }

  /** The client has received everything up to this number. */
  ack(sequenceId: number): void {
    this.#kept = this.#kept.filter((kept) => kept.sequenceId > sequenceId);
    this.#keptBytes = this.#kept.reduce((sum, { bytes }) => sum + bytes, 0);
    if (this.#keptBytes <= this.#limitBytes) this.#makeRoom();
  }

  /**
   * Whether a message is new. The .NET server doesn't wait for the client's Sequence after a resume: it treats messages that
   * arrive before it as new.
   */
  isNew(message: HubMessage): boolean {
    if (!isCounted(message)) return true;
    const sequenceId = this.#nextReceived++;
    if (sequenceId <= this.#latestReceived) return false;
    this.#latestReceived = sequenceId;
    return true;
  }

  /** The client's next numbered message has this number. */
  resetSequence(sequenceId: number): void {
    if (sequenceId > this.#nextReceived)
      throw new ServerError(
        "InvalidOperationException",
        "Sequence ID greater than amount of messages we've received.",
      );
    this.#nextReceived = sequenceId;
  }

  /** There is a new transport: sends the number of the next message (Sequence), then all unacknowledged messages. */
  resend(): void {
    const sequenceId = this.#kept[0]?.sequenceId ?? this.#sentCount + 1;
    void this.#write({ type: MessageType.Sequence, sequenceId });
    for (const { message } of this.#kept) void this.#write(message);
  }

  stop(): void {
    clearInterval(this.#ackTimer);
    this.#makeRoom();
  }

  #keep(message: HubMessage): void {
    const bytes = frameBytes(this.#protocol.write(message));
    this.#kept.push({ sequenceId: ++this.#sentCount, message, bytes });
    this.#keptBytes += bytes;
    if (this.#keptBytes <= this.#limitBytes || this.#room) return;
    let resolve = (): void => undefined;
    const promise = new Promise<void>((resolved) => (resolve = resolved));
    this.#room = { promise, resolve };
  }

  #makeRoom(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }

  #acknowledge(): void {
    if (this.#acked >= this.#latestReceived) return;
    this.#acked = this.#latestReceived;
    void this.#write({ type: MessageType.Ack, sequenceId: this.#acked });
  }
}
