/** The types of hub messages, with their numbers. All fields below are named as in the JSON protocol. */
export const MessageType = {
  Invocation: 1,
  StreamItem: 2,
  Completion: 3,
  StreamInvocation: 4,
  CancelInvocation: 5,
  Ping: 6,
  Close: 7,
  Ack: 8,
  Sequence: 9,
} as const;

export interface InvocationMessage {
  type: typeof MessageType.Invocation | typeof MessageType.StreamInvocation;
  /** Absent in a non-blocking invocation (`send`), which gets no completion. */
  invocationId?: string;
  target: string;
  arguments: unknown[];
  /** Ids of the streams that the client will upload. */
  streamIds?: string[];
}

export interface StreamItemMessage {
  type: typeof MessageType.StreamItem;
  invocationId: string;
  item: unknown;
}

export interface CompletionMessage {
  type: typeof MessageType.Completion;
  invocationId: string;
  result?: unknown;
  error?: string;
}

export interface CancelInvocationMessage {
  type: typeof MessageType.CancelInvocation;
  invocationId: string;
}

export interface PingMessage {
  type: typeof MessageType.Ping;
}

export interface CloseMessage {
  type: typeof MessageType.Close;
  error?: string;
  /** The .NET server omits it when false. */
  allowReconnect?: true;
}

/** Messages of stateful reconnect. They are ignored where it isn't allowed. */
export interface SequenceMessage {
  type: typeof MessageType.Ack | typeof MessageType.Sequence;
  sequenceId: number;
}

export type HubMessage =
  | InvocationMessage
  | StreamItemMessage
  | CompletionMessage
  | CancelInvocationMessage
  | PingMessage
  | CloseMessage
  | SequenceMessage;

const names = new Map<number, string>(Object.entries(MessageType).map(([name, type]) => [type, name]));

/** The type's name, for the log. */
export function typeName({ type }: HubMessage): string {
  return names.get(type) ?? "";
}

/** Whether stateful reconnect numbers, buffers and sends this message again: only messages that belong to a call. */
export function isCounted({ type }: HubMessage): boolean {
  return type <= MessageType.CancelInvocation;
}
