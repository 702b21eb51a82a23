/** More of the browser's own functions, of which only hook and faults know. */
import { getterOf, taken } from "../../sentinel/shared-with-hook.ts";
import { classOf, methodOf } from "./classes.ts";

export const { assign, entries } = Object;
export const decodeBase64 = window.atob.bind(window);
export const encodeBase64 = window.btoa.bind(window);
export const nativeFetch = taken["fetch"] as typeof fetch;
export const NativeCloseEvent = classOf("CloseEvent");
export const closeCode = getterOf("CloseEvent", "code");
export const closeReason = getterOf("CloseEvent", "reason");
export const closeWasClean = getterOf("CloseEvent", "wasClean");
export const socketState = getterOf("WebSocket", "readyState");
export const socketSend = methodOf("WebSocket", "send");
export const socketClose = methodOf("WebSocket", "close");
export const sourceClose = methodOf("EventSource", "close");
