/** What names things in a recording. */

/** Numbers given by the hook, counted from 1 within one page. */
export type RequestId = number;
export type SocketId = number;
export type HubId = number;
export type FaultId = number;

/** One document's life in one frame; given by the relay. */
export type PageId = string;
