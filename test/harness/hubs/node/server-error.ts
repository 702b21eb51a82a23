/** An exception of the server; `type` is the name a .NET server would show with detailed errors. */
export class ServerError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** The exception whose text a hub means its clients to see, detailed errors or not. */
export class HubException extends ServerError {
  constructor(message: string) {
    super("HubException", message);
  }
}

export function invalidData(message: string): ServerError {
  return new ServerError("InvalidDataException", message);
}

/** The text a client gets: the general sentence, and the exception only where it may be seen. */
export function errorForClient(sentence: string, error: unknown, detailedErrors: boolean): string {
  if (!(error instanceof HubException) && !detailedErrors) return sentence;
  const type = error instanceof ServerError ? error.type : "Exception";
  const message = error instanceof Error ? error.message : String(error);
  return `${sentence} ${type}: ${message}`;
}
