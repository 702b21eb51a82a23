/** What every HubConnection's constructor assigns. */
export const KEY = "keepAliveIntervalInMilliseconds";
