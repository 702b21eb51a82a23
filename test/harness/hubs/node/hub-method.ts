/** What a hub method can reach: its caller, its hub's groups, and whether the caller still wants an answer. */
export interface HubCall {
  readonly connectionId: string;
  /** Aborted when the caller cancels the stream or its connection is gone. */
  readonly signal: AbortSignal;
  joinGroup(group: string): void;
  leaveGroup(group: string): void;
  sendToGroup(group: string, target: string, ...args: unknown[]): void;
  /** Resolves once there is room for more. */
  sendToCaller(target: string, ...args: unknown[]): Promise<void> | void;
  /** Invokes a method of the caller and waits for its result. */
  askCaller(target: string, ...args: unknown[]): Promise<unknown>;
  abort(): void;
}

/** What parameters are declared as, and what arguments then come in as. */
interface ParameterTypes {
  any: unknown;
  number: number;
  string: string | null;
  /** A stream the client uploads. */
  numbers: AsyncIterable<number>;
}
export type ParameterType = keyof ParameterTypes;
type Arguments<P extends readonly ParameterType[]> = { [I in keyof P]: ParameterTypes[P[I]] };

export interface HubMethod {
  /** `stream` answers StreamInvocations with items, `invoke` answers Invocations with one completion. */
  readonly kind: "invoke" | "stream";
  readonly parameters: readonly ParameterType[];
  run(call: HubCall, args: readonly unknown[]): unknown;
}

/** A method that returns a result, or nothing for a completion without one. */
export function invokable<const P extends readonly ParameterType[]>(
  parameters: P,
  run: (call: HubCall, ...args: Arguments<P>) => unknown,
): HubMethod {
  return { kind: "invoke", parameters, run: (call, args) => run(call, ...(args as Arguments<P>)) };
}

/** A method that streams to its caller. */
export function streaming<const P extends readonly ParameterType[]>(
  parameters: P,
  run: (call: HubCall, ...args: Arguments<P>) => AsyncIterable<unknown>,
): HubMethod {
  return { kind: "stream", parameters, run: (call, args) => run(call, ...(args as Arguments<P>)) };
}
