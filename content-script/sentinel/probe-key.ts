/** A property that the constructor of every HubConnection assigns. */
export const KEY = "keepAliveIntervalInMilliseconds";
/** The event on `performance` that brings a script where the accessor for that property can't be. */
export const SCRIPT_EVENT = "hubscope-script";
