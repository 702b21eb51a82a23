/**
 * What SignalR does when the app says nothing else.
 * https://learn.microsoft.com/aspnet/core/signalr/configuration
 */
import type { Milliseconds } from "../units.ts";

/** The client gives a connection up when nothing came from the server for so long. */
export const SERVER_TIMEOUT: Milliseconds = 30_000;

/** Both ends send a ping when they have sent nothing else for so long. */
export const KEEP_ALIVE: Milliseconds = 15_000;

/** How long a server keeps a connection that was lost for a stateful reconnect; Azure SignalR Service for longer. */
export const resumeWindow = (azure: boolean): Milliseconds => (azure ? 30_000 : 15_000);
