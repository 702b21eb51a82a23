/** SignalR's own terms, as in its documentation and client. */

/** "in" is server to client, "out" is client to server. */
export type Direction = "in" | "out";

/** As SignalR names them in a negotiate's answer. */
export type TransportName = "WebSockets" | "ServerSentEvents" | "LongPolling";

/** States of a HubConnection as @microsoft/signalr names them (3.0 and later). */
export type HubState = "Disconnected" | "Connecting" | "Connected" | "Disconnecting" | "Reconnecting";

/**
 * Types of hub messages, by their numbers on the wire.
 * https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md
 */
export const MESSAGE_TYPES = {
  1: "Invocation",
  2: "StreamItem",
  3: "Completion",
  4: "StreamInvocation",
  5: "CancelInvocation",
  6: "Ping",
  7: "Close",
  8: "Ack",
  9: "Sequence",
} as const;

/** 0: not decoded (unknown type, invalid text, or unknown protocol). */
export type MessageType = keyof typeof MESSAGE_TYPES | 0;

/** Types that code uses by name. */
export const INVOCATION = 1;
export const STREAM_ITEM = 2;
export const COMPLETION = 3;
export const STREAM_INVOCATION = 4;
export const PING = 6;
export const CLOSE = 7;
export const ACK = 8;
export const SEQUENCE = 9;
