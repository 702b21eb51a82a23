/** The ids in a recording. */

/** Numbers that the hook assigns, counted from 1 within one page. */
export type RequestId = number;
export type SocketId = number;
export type HubId = number;
export type FaultId = number;
export type DoctorRunId = number;

/** One document in one frame; assigned by the relay. */
export type PageId = string;
