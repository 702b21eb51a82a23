/**
 * In the monitor's build in place of `sentinel/probe-key.ts`: another property that the constructor of every HubConnection assigns, so
 * that the extension and the monitor find the same HubConnections without knowing of each other.
 */
export const KEY = "serverTimeoutInMilliseconds";
export const SCRIPT_EVENT = "hubscope-monitor-script";
