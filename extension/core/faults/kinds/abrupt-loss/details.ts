import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {},
  description: "The network connection is lost without a close: the most common loss.",
  appSees: "error, then close 1006 (not clean), at once",
  serverSees: "nothing at first, as with a network failure; the socket is closed 15 s later",
  realism: {
    simulates: "An unplugged cable, a lost Wi-Fi, a dropped NAT entry.",
    limitations: [
      "A real network failure is often detected late, by the server timeout; this one is reported immediately, as when the device itself detects it.",
      "The server is not notified for 15 s, then gets a close frame; a real server is notified immediately where both sides are cut, or waits for its client timeout (30 s by default).",
      "If the server times out before that, the browser still answers its close frame; a failed network answers nothing.",
      "A stateful connection is resumed within the page: the server sees no loss and no resume; with a real loss it sees both.",
      "Long polling: a browser repeats a poll by itself when only its TCP connection was cut, unnoticed; here the poll fails, as when the server is down.",
    ],
  },
} as const satisfies FaultDetails;
