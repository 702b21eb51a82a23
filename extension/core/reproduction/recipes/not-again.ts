/** What no fault in a page does. */
import type { CauseRecipe } from "../recipes.ts";

export const NOT_AGAIN = {
  "back-forward-cache": {
    why: "Browsers that a test drives don't use the back/forward cache, or can't be told to.",
    instead:
      "In the panel, break the page with Suspend in bfcache; for the app, a frozen tab (the fault suspend) is nearly the same.",
  },
  "page-left": {
    why: "The page was left: its connection ends with it, and nothing is to be recovered.",
    instead: "There is nothing to test: the next page makes its own connection.",
  },
  "unreadable-message": {
    why: "No fault changes the content of a message.",
    instead:
      "Let a test server send what the message in the recording has, and see what its sender does wrong.",
  },
  "circuit-ended": {
    why: "An exception in a component ended the circuit on the server: no fault in the page does that.",
    instead: "Find the exception in the server's log, and test the component with bUnit.",
  },
  hanging: {
    why: "A step was not answered, and the connection is not lost: there is no interruption to repeat.",
    instead: "Delay that step with the faults slow-negotiate or slow-handshake.",
  },
  unknown: {
    why: "The cause is not known, so nothing can be made to cause it.",
    instead:
      "Record it with the panel open, or in Firefox, which tells more; the scenario crash tests any loss.",
  },
} as const satisfies Record<string, CauseRecipe>;
