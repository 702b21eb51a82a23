/**
 * What the error of a failed call means. The texts are those of ASP.NET Core's DefaultHubDispatcher; what it doesn't say without
 * EnableDetailedErrors isn't guessed.
 */

export interface CallError {
  readonly text: string;
  readonly advice: string;
}

const KNOWN: readonly (readonly [RegExp, string, string])[] = [
  [
    /unknown hub method|Method does not exist/i,
    "The hub has no method of this name",
    "Compare the spelling with the hub's public methods ([HubMethodName] counts): a method that was renamed or isn't public can't be called.",
  ],
  [
    /Invocation provides (\d+) argument\(s\) but target expects (\d+)/,
    "Wrong number of arguments",
    "Pass the arguments of the hub method one by one, not as an array.",
  ],
  [
    /Error binding arguments|error trying to deserialize|could not be converted/i,
    "The arguments don't fit the hub method",
    "Compare their types and order with the method's parameters: a number that is sent as text, a wrong date format or a missing property is enough. The server's log at level Debug names the argument.",
  ],
  [
    /because user is unauthorized/,
    "The user may not call this method",
    "The hub method has an [Authorize] that the user doesn't meet: check policy and roles.",
  ],
  // The client gets an error of the method itself as "An unexpected error occurred invoking …".
  [
    /^(?:HubException: )?Failed to invoke '.*' due to an error on the server\.\s*$/,
    "The arguments don't fit the hub method: the method didn't run",
    "Compare their number, order and types with the method's parameters. With EnableDetailedErrors, or in the server's log at level Debug, it says more.",
  ],
  [
    /^(?:HubException: )?An unexpected error occurred invoking '.*' on the server\.\s*$/,
    "An exception in the hub method",
    "It is in the server's log. With EnableDetailedErrors its text is sent to the client; a HubException's text always is.",
  ],
];

/** null: the text says enough, or it isn't one of ASP.NET Core's. */
export function callErrorOf(error: string): CallError | null {
  for (const [pattern, text, advice] of KNOWN) {
    const found = pattern.exec(error);
    if (!found) continue;
    const counts = found.length > 2 ? `: ${found[1] ?? ""} instead of ${found[2] ?? ""}` : "";
    return { text: `${text}${counts}`, advice };
  }
  return null;
}
