/**
 * What the sentinel passes to the hook at run time. The hook's script comes after page scripts, which may have replaced any
 * function: so it takes the browser's functions from here.
 */
export { sendLastWords, whenPort } from "./call.ts";
export { sourceTraps } from "./event-source.ts";
export { addressOf, fetchTrap, readFrom } from "./fetch.ts";
export { couldBeSignalR } from "./signs.ts";
export { hubNow } from "./hub-fields.ts";
export { pageAtSign, watchPage } from "./page-events.ts";
export { guarded, onGuardedError } from "./platform/guard.ts";
export {
  NativeEvent,
  NativeMessageEvent,
  NativePromise,
  apply,
  atTime,
  clearNativeTimeout,
  construct,
  defineProperty,
  deleteProperty,
  emit,
  eventType,
  cloneResponse,
  requestMethod,
  requestUrl,
  socketUrl,
  sourceUrl,
  getOwnPropertyDescriptor,
  getterOf,
  timeOrigin,
  inTask,
  isHandling,
  messageData,
  nativeTimeout,
  now,
  dateNow,
  isReplaying,
  standIn,
  off,
  on,
  ownMethods,
  promiseThen,
  setPrototypeOf,
  stopImmediately,
  taken,
  toJson,
  wrap,
} from "./platform/natives.ts";
export type { ClassName, Instance } from "./platform/natives.ts";
export { socketTraps } from "./websocket.ts";
export { addressIn, xhrTraps } from "./xhr.ts";
