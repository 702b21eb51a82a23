/** What is not known of a page that was read from a file of another tool. */
import type { ImportedFrom } from "../core/events/events.ts";

export const IMPORTED_TITLE: Readonly<Record<ImportedFrom, string>> = {
  har: "Read from a HAR file",
  messages: "Read from a list of messages",
};

export const IMPORTED_UNKNOWN: Readonly<Record<ImportedFrom, string>> = {
  har: "It doesn't tell why a connection was closed, what the client and the app did, or whether the browser was online.",
  messages: "It doesn't tell when and why a connection was closed, or what the client and the app did.",
};
