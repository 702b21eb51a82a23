/**
 * The parts of the hook that the scripts of faults and doctor use. These are injected after page scripts, which may have replaced
 * any function: so they take the browser's functions, and everything that uses them, from here. At run time the hook passes
 * this module to them.
 */
export { omitUndefined } from "../../extension/core/omit-undefined.ts";
export { RECORD_SEPARATOR, newEnvelope, scanMessage } from "../../extension/core/protocol/json-scan.ts";
export { classOf } from "./platform/classes.ts";
export { stringify } from "./platform/stringify.ts";
export { bytesOf, nextMessage } from "./record/binary-messages.ts";
export { networkError } from "./transport/http-request.ts";
export { tokenIn } from "./transport/transport-connection.ts";
export {
  NativeCloseEvent,
  entries,
  nativeFetch,
  socketState,
  socketClose,
  socketSend,
  sourceClose,
} from "./platform/natives.ts";
export {
  NativeEvent,
  NativeMessageEvent,
  NativePromise,
  apply,
  clearNativeTimeout,
  defineProperty,
  deleteProperty,
  emit,
  guarded,
  inTask,
  nativeTimeout,
  now,
  off,
  on,
  ownMethods,
  promiseThen,
  setPrototypeOf,
  wrap,
} from "../sentinel/shared-with-hook.ts";
export { patchGetter, patchValue } from "./patch/replace.ts";
