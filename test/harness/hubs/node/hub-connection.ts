import { ClientResults } from "./client-results.ts";
import { ConnectionTimers } from "./connection-timers.ts";
import type { Frame } from "./frame.ts";
import { brokenHandshake, readHandshake } from "./handshake.ts";
import { hubCall } from "./hub-call.ts";
import { HubDispatcher } from "./hub-dispatch.ts";
import { type CloseMessage, type HubMessage, MessageType } from "./hub-messages.ts";
import type { HubCall } from "./hub-method.ts";
import type { HubOptions } from "./hub-options.ts";
import type { Hub } from "./hub.ts";
import { jsonHubProtocol, readRecord, writeRecord } from "./json-hub-protocol.ts";
import { MessageBuffer } from "./message-buffer.ts";
import { MessageReader } from "./message-reader.ts";
import type { Misbehaviour } from "./misbehaviour.ts";
import { errorForClient, ServerError } from "./server-error.ts";
import type { Transport } from "./transport.ts";
import { UploadStreams } from "./upload-streams.ts";

export interface HubConnectionSettings {
  connectionId: string;
  hub: Hub;
  options: HubOptions;
  transport: Transport;
  /** Whether negotiate has allowed stateful reconnect. */
  stateful: boolean;
  misbehaviour: Misbehaviour;
  log(event: string, detail?: string): void;
  logMessage(event: "received" | "sent", message: HubMessage): void;
}

/** The server's side of one connection: handshake, messages in and out, timeouts, and the end. */
export class HubConnection {
  readonly connectionId: string;
  readonly hub: Hub;
  readonly uploads = new UploadStreams();
  readonly detailedErrors: boolean;
  readonly #settings: HubConnectionSettings;
  readonly #reader: MessageReader;
  readonly #timers: ConnectionTimers;
  readonly #dispatcher = new HubDispatcher(this);
  readonly #results = new ClientResults();
  /** Only with stateful reconnect, where a connection can outlive its transport. */
  #buffer: MessageBuffer | undefined;
  #transport: Transport | undefined;
  #protocol = jsonHubProtocol;
  #state: "handshaking" | "connected" | "closed" = "handshaking";

  constructor(settings: HubConnectionSettings) {
    this.#settings = settings;
    this.connectionId = settings.connectionId;
    this.hub = settings.hub;
    this.#transport = settings.transport;
    this.detailedErrors = settings.options.detailedErrors;
    this.#reader = new MessageReader(settings.options.maximumMessageBytes);
    this.#timers = new ConnectionTimers(settings.options, {
      handshakeTimedOut: () => this.#refuseHandshake("Handshake was canceled."),
      keepAliveDue: () => void this.send({ type: MessageType.Ping }),
      clientTimedOut: () => this.#clientTimedOut(),
    });
  }

  /** The current transport; undefined while the server waits for a client that may resume. */
  get transport(): Transport | undefined {
    return this.#transport;
  }

  /**
   * Whether the connection waits for its client when the transport is lost; "ended" if it would have, but isn't connected
   * any more.
   */
  get stateful(): "yes" | "ended" | "no" {
    if (!this.#buffer) return "no";
    return this.#state === "connected" ? "yes" : "ended";
  }

  /** Processes data that the transport received. */
  receive(data: Buffer): void {
    if (this.#state === "closed") return;
    this.#timers.received();
    try {
      this.#reader.push(data);
      while (!this.#isClosed()) if (!this.#receiveNext()) return;
    } catch (error) {
      if (this.#state === "handshaking") this.#refuseHandshake(brokenHandshake(error, this.detailedErrors));
      else this.close({ error, allowReconnect: true });
    }
  }

  send(message: HubMessage): Promise<void> | void {
    if (this.#state === "closed") return;
    return this.#buffer ? this.#buffer.send(message) : this.#write(message);
  }

  /** Ends the connection from the server's side: sends a Close message, then closes the transport. */
  close({ error, allowReconnect = false }: { error?: unknown; allowReconnect?: boolean } = {}): void {
    if (error === undefined) return this.closeAs({ allowReconnect });
    const text = errorForClient("Connection closed with an error.", error, this.detailedErrors);
    this.closeAs({ error: text, allowReconnect });
  }

  /** Ends the connection with the given Close message, for tests that need a particular one. */
  closeAs({ error, allowReconnect = false }: { error?: string; allowReconnect?: boolean }): void {
    if (this.#state === "closed") return;
    const message: CloseMessage = {
      type: MessageType.Close,
      ...(error === undefined ? {} : { error }),
      ...(allowReconnect ? { allowReconnect } : {}),
    };
    void this.#write(message);
    const transport = this.#transport;
    this.#end();
    transport?.close();
  }

  /** The transport is gone, but the client may come back with another one. */
  transportLost(): void {
    this.#transport = undefined;
    this.#reader.clear();
  }

  /** The client has come back. */
  resume(transport: Transport): void {
    this.#transport = transport;
    this.#buffer?.resend();
  }

  /** The transport has ended for good, for whatever reason. */
  transportClosed(): void {
    this.#end();
  }

  call(signal: AbortSignal): HubCall {
    return hubCall(this, signal);
  }

  /** Invokes a method of the client and waits for its result. */
  async ask(target: string, args: unknown[]): Promise<unknown> {
    const { message, answer } = this.#results.ask(this.hub.nextInvocationId(), target, args);
    await this.send(message);
    return answer;
  }

  /** Processes the next message. Returns false if it isn't complete yet. */
  #receiveNext(): boolean {
    if (this.#state === "handshaking") {
      const request = this.#reader.next(readRecord);
      if (request !== undefined) this.#handshake(request);
      return request !== undefined;
    }
    const message = this.#reader.next((received) => this.#protocol.read(received));
    if (message === undefined) return false;
    this.#settings.logMessage("received", message);
    if (this.#buffer?.isNew(message) ?? true) this.#dispatch(message);
    return true;
  }

  #handshake(request: string): void {
    const { misbehaviour, log, options } = this.#settings;
    log("handshake", request);
    const refusal = misbehaviour.nextHandshakeError();
    if (refusal !== undefined) {
      log("handshake refused", refusal);
      return this.#refuseHandshake(refusal);
    }
    const { formats = [], keepsItselfAlive = false } = this.#transport ?? {};
    const handshake = readHandshake(request, { formats, detailedErrors: this.detailedErrors });
    if ("error" in handshake) return this.#refuseHandshake(handshake.error);
    this.#protocol = handshake.protocol;
    this.#answerHandshake(writeRecord({}));
    if (this.#settings.stateful && handshake.version > 1)
      this.#buffer = new MessageBuffer(handshake.protocol, options.statefulBufferBytes, (message) =>
        this.#write(message),
      );
    this.#state = "connected";
    this.#timers.handshakeDone({ pings: !keepsItselfAlive });
    this.#connected();
  }

  #connected(): void {
    const { misbehaviour, log } = this.#settings;
    const failure = misbehaviour.nextConnectedFailure();
    if (!failure) return log("connected");
    if (failure.greets)
      void this.#write({ type: 1, target: "messageReceived", arguments: ["board", "welcome", 0] });
    log("connected failed");
    this.close({ error: new ServerError("InvalidOperationException", "OnConnected was told to fail.") });
  }

  #refuseHandshake(error: string): void {
    this.#answerHandshake(writeRecord({ error }));
    const transport = this.#transport;
    this.#end();
    transport?.close();
  }

  /** The answer is always JSON, but sent in the transfer format of the agreed protocol: text or binary. */
  #answerHandshake(response: string): void {
    this.#settings.log("handshake answered", response.slice(0, -1));
    const frame: Frame = this.#protocol.transferFormat === "Binary" ? Buffer.from(response) : response;
    void this.#transport?.send(frame);
  }

  #write(message: HubMessage): Promise<void> | void {
    if (!this.#transport) return;
    this.#settings.logMessage("sent", message);
    return this.#transport.send(this.#protocol.write(message));
  }

  #dispatch(message: HubMessage): void {
    switch (message.type) {
      case MessageType.Invocation:
      case MessageType.StreamInvocation:
        return void this.#dispatcher.dispatch(message);
      case MessageType.StreamItem:
        return this.uploads.push(message.invocationId, message.item);
      case MessageType.Completion:
        if (!this.uploads.complete(message.invocationId, message.error)) this.#results.complete(message);
        return;
      case MessageType.CancelInvocation:
        return this.#dispatcher.cancel(message.invocationId);
      case MessageType.Ping:
        return this.#timers.pinged();
      case MessageType.Ack:
        return this.#buffer?.ack(message.sequenceId);
      case MessageType.Sequence:
        return this.#buffer?.resetSequence(message.sequenceId);
      case MessageType.Close:
        return this.close();
    }
  }

  #clientTimedOut(): void {
    const { options, log } = this.#settings;
    log("client timeout", `${options.clientTimeoutMilliseconds} ms`);
    const reason = "Client hasn't sent a message/ping within the configured ClientTimeoutInterval.";
    this.close({ error: new ServerError("OperationCanceledException", reason), allowReconnect: true });
  }

  #end(): void {
    if (this.#state === "closed") return;
    if (this.#state === "connected") this.#settings.log("disconnected");
    this.#state = "closed";
    this.#timers.stop();
    this.#buffer?.stop();
    this.hub.groups.leaveAll(this);
    this.#dispatcher.abort();
    this.uploads.abort();
    this.#results.abort();
  }

  /** A method, because the state can change while a message is being handled, which the type checker doesn't expect. */
  #isClosed(): boolean {
    return this.#state === "closed";
  }
}
