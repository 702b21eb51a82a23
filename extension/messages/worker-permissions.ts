/**
 * What Firefox needs to put a hook in front of the scripts of workers. The first is optional: the panel asks for it when the user
 * switches that on. The second is of no use without it; it is in the manifest because Firefox gives the function to no background
 * that was started without it. https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/webRequest/filterResponseData
 */
export const WORKER_PERMISSION = "webRequestBlocking" as const;
export const WITH_WORKER_PERMISSION = "webRequestFilterResponse";
