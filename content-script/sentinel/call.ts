/**
 * Calls for the hook. The small script in the extension's own world (`wake`) passes the call on, and has the hook injected into
 * this page.
 *
 * The two talk by events on `performance`, which reach no other object. The type of these events is a secret that they exchange
 * before any page script runs. So a page can neither hear them nor send any. The exception is a frame of the page's own origin: the
 * page may listen in it before the frame's document is there. But it can do everything in such a frame anyway.
 */
import { HERE_EVENT, SECRET_EVENT } from "../../extension/messages/sentinel-wake.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { forgetAll, theHook } from "./happenings.ts";
import { watchPage } from "./page-events.ts";
import {
  NativeEvent,
  NativeMessageEvent,
  apply,
  emit,
  messagePorts,
  nativeTimeout,
  off,
  on,
  stopImmediately,
} from "./platform/natives.ts";

/** A busy browser may need seconds to start the background. */
const PATIENCE: Milliseconds = 30_000;

const target: EventTarget = performance;
let secret = "";
let called = false;
let givenUp = false;
let port: MessagePort | undefined;
let onPort: ((port: MessagePort) => void) | undefined;
let onCall = (): void => undefined;

/** @param run called at the first sign of SignalR, if the hook isn't there yet */
export function whenCalled(run: () => void): void {
  onCall = run;
}

/** The page has shown a sign of SignalR. */
export const isCalled = (): boolean => called && !givenUp;
/** The extension has left this page: nothing needs to be watched any more. */
export const isGivenUp = (): boolean => givenUp;

/** Call at `document_start`. The two scripts come in any order (Firefox). */
export function meetWake(): void {
  const hear = (event: Event): void => {
    apply(stopImmediately, event, []);
    event.preventDefault();
    off(target, SECRET_EVENT, hear);
    secret = (event as CustomEvent<string>).detail;
    on(target, secret, takePort);
    if (called) pass();
  };
  on(target, SECRET_EVENT, hear);
  emit(target, new NativeEvent(HERE_EVENT));
}

/** Call at a sign of SignalR. */
export function call(): void {
  if (called) return;
  called = true;
  watchPage();
  onCall();
  if (secret !== "") pass();
  nativeTimeout(() => {
    if (!theHook()) giveUp();
  }, PATIENCE);
}

function pass(): void {
  // It is prevented when somebody has heard it.
  if (port === undefined && emit(target, new NativeEvent(secret, { cancelable: true }))) giveUp();
}

function giveUp(): void {
  givenUp = true;
  forgetAll();
}

function takePort(event: Event): void {
  const given = event instanceof NativeMessageEvent && messagePorts(event)[0];
  if (!given || port) return;
  port = given;
  call();
  onPort?.(given);
}

/** @param listener called when there is a port to the relay */
export function whenPort(listener: (port: MessagePort) => void): void {
  onPort = listener;
  if (port) listener(port);
}

/** Delivers synchronously: the page is being left. */
export function sendLastWords(text: string): void {
  if (secret !== "") emit(target, new NativeMessageEvent(secret, { data: text }));
}
