/**
 * SignalR's default settings.
 * https://learn.microsoft.com/aspnet/core/signalr/configuration
 */
import type { Milliseconds } from "../units.ts";

/** The client closes a connection when it has received nothing from the server for this time. */
export const SERVER_TIMEOUT: Milliseconds = 30_000;

/** Both sides send a ping when they have sent nothing else for this time. */
export const KEEP_ALIVE: Milliseconds = 15_000;

/** How long a server keeps a lost connection for a stateful reconnect; Azure SignalR Service keeps it longer. */
export const resumeWindow = (azure: boolean): Milliseconds => (azure ? 30_000 : 15_000);
