/**
 * The browser's own functions that only the hook needs, as they are when it is loaded. A page script may have replaced them: then
 * its own recording suffers, and nothing else. What matters more the sentinel has taken at `document_start`.
 */
import { NativeWebSocket, getter } from "../../sentinel/shared-with-hook.ts";

export const { assign, entries } = Object;
export const decodeBase64 = window.atob.bind(window);
export const NativeCloseEvent = CloseEvent;
export const closeCode = getter<number>(CloseEvent.prototype, "code");
export const closeReason = getter<string>(CloseEvent.prototype, "reason");
export const closeWasClean = getter<boolean>(CloseEvent.prototype, "wasClean");
export const socketState = getter<number>(NativeWebSocket.prototype, "readyState");
