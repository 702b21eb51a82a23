/**
 * What a hub method can use: its caller, the groups of its hub, and a signal that tells whether the caller still wants an
 * answer.
 */
export interface HubCall {
  readonly connectionId: string;
  /** Aborted when the caller cancels the stream or its connection ends. */
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

/** The types of arguments, by the name with which a method declares its parameter. */
interface ParameterTypes {
  any: unknown;
  number: number;
  string: string | null;
  /** A stream that the client uploads. */
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

/** Declares a method that returns a result, or nothing. */
export function invokable<const P extends readonly ParameterType[]>(
  parameters: P,
  run: (call: HubCall, ...args: Arguments<P>) => unknown,
): HubMethod {
  return { kind: "invoke", parameters, run: (call, args) => run(call, ...(args as Arguments<P>)) };
}

/** Declares a method that streams to its caller. */
export function streaming<const P extends readonly ParameterType[]>(
  parameters: P,
  run: (call: HubCall, ...args: Arguments<P>) => AsyncIterable<unknown>,
): HubMethod {
  return { kind: "stream", parameters, run: (call, args) => run(call, ...(args as Arguments<P>)) };
}
