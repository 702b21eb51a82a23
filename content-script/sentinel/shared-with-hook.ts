/**
 * What the sentinel passes to the hook at run time. The hook's script comes after page scripts, which may have replaced any
 * function: so it takes the browser's functions from here.
 */
export { sendLastWords, whenPort } from "./call.ts";
export { sourceTraps } from "./event-source.ts";
export { fetchTrap, look } from "./fetch.ts";
export { hubNow, isHubState } from "./hub-fields.ts";
export { pageAtSign } from "./page-events.ts";
export { guarded, onGuardedError } from "./platform/guard.ts";
export {
  NativeCloseEvent,
  NativeEvent,
  NativeMessageEvent,
  NativePromise,
  apply,
  assign,
  atTime,
  clearNativeTimeout,
  cloneResponse,
  closeCode,
  closeReason,
  closeWasClean,
  construct,
  decodeBase64,
  defineProperty,
  deleteProperty,
  emit,
  entries,
  eventType,
  getter,
  headerOf,
  inTask,
  isHandling,
  messageData,
  nativeTimeout,
  now,
  nowOfMillisecond,
  off,
  on,
  ownMethods,
  promiseThen,
  setPrototypeOf,
  socketClose,
  socketSend,
  socketState,
  socketUrl,
  sourceClose,
  sourceUrl,
  stopImmediately,
  stringify,
  wrap,
} from "./platform/natives.ts";
export { patchGetter, patchValue } from "./platform/patches.ts";
export { socketTraps } from "./websocket.ts";
export { addressIn, readXhr, xhrTraps } from "./xhr.ts";
