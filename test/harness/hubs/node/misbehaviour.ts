import type { ControlCommand, TransportName } from "../control-command.ts";
import { createNegotiateLimit, type NegotiateLimit } from "./negotiate-limit.ts";

type Do<Name extends ControlCommand["do"]> = Extract<ControlCommand, { do: Name }>;
/** A response that replaces the normal one. */
export type StandIn = Pick<Do<"answerNegotiates">, "status" | "body" | "retryAfterSeconds">;

/** Misbehaviour that a test has set for the next requests. */
export class Misbehaviour {
  #negotiates: StandIn[] = [];
  #limit: NegotiateLimit | null = null;
  #forgotten = 0;
  readonly #transports: Record<TransportName, StandIn[]> = {
    WebSockets: [],
    ServerSentEvents: [],
    LongPolling: [],
  };
  #blocked: { transports: readonly TransportName[]; status: number } = { transports: [], status: 404 };
  #sends: StandIn[] = [];
  #handshakeErrors: string[] = [];
  #connectedFailures: { greets: boolean }[] = [];
  negotiateDelayMilliseconds = 0;
  /** The transports that negotiate responses list; undefined for all that the server has. */
  offeredTransports: readonly TransportName[] | undefined;

  /** Stores a command about future requests. Returns false for a command about open connections. */
  prepare(command: ControlCommand): boolean {
    switch (command.do) {
      case "answerNegotiates":
        this.#negotiates.push(...repeat<StandIn>(command, command.count));
        return true;
      case "limitNegotiates":
        this.#limit = createNegotiateLimit(command.perSecond, command.burst);
        return true;
      case "delayNegotiates":
        this.negotiateDelayMilliseconds = command.delayMilliseconds;
        return true;
      case "offerTransports":
        this.offeredTransports = command.transports;
        return true;
      case "forgetNegotiated":
        this.#forgotten += command.count ?? 1;
        return true;
      case "refuseUpgrades":
        this.#transports.WebSockets.push(...repeat<StandIn>(command, command.count));
        return true;
      case "refuseTransports":
        this.#transports[command.transport].push(...repeat<StandIn>(command, command.count));
        return true;
      case "blockTransports":
        this.#blocked = { transports: command.transports, status: command.status ?? 404 };
        return true;
      case "refuseSends":
        this.#sends.push(...repeat<StandIn>(command, command.count));
        return true;
      case "refuseHandshakes":
        this.#handshakeErrors.push(...repeat(command.error, command.count));
        return true;
      case "failConnected":
        this.#connectedFailures.push(...repeat({ greets: command.greets ?? false }, command.count));
        return true;
      case "dropSockets":
      case "closeSockets":
      case "sendClose":
      case "abort":
      case "loseConnections":
      case "goSilent":
      case "sendText":
      case "reset":
        return false;
    }
  }

  nextNegotiate(): StandIn | undefined {
    return this.#negotiates.shift() ?? (this.#limit?.takes() === false ? { status: 429 } : undefined);
  }

  nextIsForgotten(): boolean {
    if (this.#forgotten === 0) return false;
    this.#forgotten--;
    return true;
  }

  nextTransport(name: TransportName): StandIn | undefined {
    const { transports, status } = this.#blocked;
    return this.#transports[name].shift() ?? (transports.includes(name) ? { status } : undefined);
  }

  nextSend(): StandIn | undefined {
    return this.#sends.shift();
  }

  nextHandshakeError(): string | undefined {
    return this.#handshakeErrors.shift();
  }

  nextConnectedFailure(): { greets: boolean } | undefined {
    return this.#connectedFailures.shift();
  }

  reset(): void {
    this.#negotiates = [];
    this.#limit = null;
    this.#forgotten = 0;
    for (const standIns of Object.values(this.#transports)) standIns.length = 0;
    this.#blocked = { transports: [], status: 404 };
    this.#sends = [];
    this.#handshakeErrors = [];
    this.#connectedFailures = [];
    this.negotiateDelayMilliseconds = 0;
    this.offeredTransports = undefined;
  }
}

function repeat<T>(value: T, count = 1): T[] {
  return new Array<T>(count).fill(value);
}
