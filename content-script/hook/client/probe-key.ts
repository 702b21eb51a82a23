/** A property that the constructor of every HubConnection assigns. */
export const KEY = "keepAliveIntervalInMilliseconds";
