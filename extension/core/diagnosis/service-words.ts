/**
 * Texts that only Azure SignalR Service uses, in Close messages and answers.
 * https://learn.microsoft.com/azure/azure-signalr/signalr-howto-troubleshoot-guide
 */

const OF_PROTOCOL =
  /app server|azure|service (?:timeout|reload)|serviceReload|server connection dropped|connection ping timeout|connection count reaches/i;

/** In a Close message or a handshake response. */
export const isServiceWord = (error: string | undefined): boolean =>
  error !== undefined && OF_PROTOCOL.test(error);

/** In the answer to a negotiate, which the app server's SDK gives while it has no connection to the service. */
const OF_NEGOTIATE = /azure signalr service is not connected|no app server is currently connected/i;
export const isServiceAbsent = (error: string | null): boolean => error !== null && OF_NEGOTIATE.test(error);
