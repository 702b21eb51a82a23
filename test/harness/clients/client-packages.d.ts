/** Names that the bundler replaces with the packages of the client version that a page is built for. */
declare module "signalr";
declare module "signalr-msgpack";
