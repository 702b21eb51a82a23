/** Put in place by the bundler: the packages of the client version that a page is made for. */
declare module "signalr";
declare module "signalr-msgpack";
