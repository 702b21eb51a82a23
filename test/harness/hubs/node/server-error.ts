/** An exception of the server; `type` is the name that a .NET server would show with detailed errors. */
export class ServerError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** An exception whose message is always sent to clients, even without detailed errors. */
export class HubException extends ServerError {
  constructor(message: string) {
    super("HubException", message);
  }
}

export function invalidData(message: string): ServerError {
  return new ServerError("InvalidDataException", message);
}

/** The error text for a client: a general sentence, and the exception only where clients may see it. */
export function errorForClient(sentence: string, error: unknown, detailedErrors: boolean): string {
  if (!(error instanceof HubException) && !detailedErrors) return sentence;
  const type = error instanceof ServerError ? error.type : "Exception";
  const message = error instanceof Error ? error.message : String(error);
  return `${sentence} ${type}: ${message}`;
}
