/** The server says goodbye with a Close message, or is gone. */
import type { Facts } from "../../diagnosis/facts.ts";
import { isServiceWord } from "../../diagnosis/service-words.ts";
import { shortened } from "../../text/shortened.ts";
import type { CauseRecipe } from "../recipes.ts";
import type { Break } from "../reproduction.ts";
import { bounded } from "../times.ts";
import { closeCode } from "./by-close-code.ts";
import { AT_ONCE } from "./on-the-way.ts";

const LONGEST_TEXT = 1_000;

/** A Close message as it was recorded. */
function close({ socket }: Facts, allowReconnect: boolean, instead?: string): Break {
  const error = instead ?? socket?.closeIn?.error;
  return {
    faults: [
      {
        name: "server-close",
        allowReconnect,
        ...(error === undefined ? {} : { error: shortened(error, LONGEST_TEXT) }),
      },
    ],
    lostWithin: AT_ONCE,
  };
}

/** As a server with EnableDetailedErrors says it. */
const TOO_LARGE =
  "Connection closed with an error. InvalidDataException: The maximum message size of 32768B was exceeded. The message size can be configured in AddHubOptions.";

export const BY_THE_SERVER = {
  "server-close": {
    faults: ["server-close"],
    causes: ["server-close"],
    differs: [],
    make: (facts) => close(facts, true),
  },
  "server-closed-for-good": {
    faults: ["server-close"],
    // Right after the start, and before any answer, a Close looks like an exception in OnConnectedAsync.
    causes: ["server-closed-for-good", "connect-handler-failed"],
    differs: [],
    make: (facts) => close(facts, false),
  },
  "connect-handler-failed": {
    faults: ["server-close"],
    causes: ["connect-handler-failed", "server-closed-for-good"],
    differs: [
      "OnConnectedAsync threw while the connection began; here its Close message comes when the page is connected.",
    ],
    make: (facts) => close(facts, false),
  },
  "message-too-large": {
    faults: ["server-close"],
    causes: ["message-too-large"],
    differs: [
      "No message is too large here: the server's Close message comes without one. Whether the app still sends such messages isn't tested.",
    ],
    make: (facts) => close(facts, true, TOO_LARGE),
  },
  "azure-service": {
    faults: ["server-close", "close-code"],
    causes: ["azure-service"],
    differs: [],
    make(facts) {
      const own = facts.socket?.closeIn;
      if (!own) return { ...closeCode(facts, 1001), causes: ["azure-service", "closed-by-server-socket"] };
      const allow = own.allowReconnect === true;
      return {
        ...close(facts, allow),
        // Without the service's own words it depends on whether the page is connected to the service.
        ...(isServiceWord(own.error)
          ? {}
          : { causes: ["azure-service", allow ? "server-close" : "server-closed-for-good"] }),
      };
    },
  },
  "ended-by-server": {
    faults: ["server-close"],
    causes: ["server-closed-for-good", "connect-handler-failed"],
    differs: [
      "The server ended long polling with an empty answer; here it sends a Close message that allows no reconnect. The app is told the same.",
    ],
    make: (facts) => close(facts, false),
  },
  "server-gone": {
    faults: ["graceful-loss", "refuse-connects", "negotiate-status"],
    causes: ["server-gone"],
    differs: [],
    outage: true,
    make: () => ({ faults: [{ name: "graceful-loss" }], lostWithin: AT_ONCE }),
  },
  "token-expired": {
    faults: ["refuse-token", "graceful-loss"],
    causes: ["token-expired"],
    differs: ["All tokens are rejected for a while, new ones too; open connections are closed by Hubscope."],
    make: ({ interruption: { from, until } }) => {
      const { time, differs } = bounded(
        Math.max(0, (until ?? from) - from),
        { min: 3_000, max: 15_000 },
        "It was disconnected for",
      );
      return {
        faults: [{ name: "refuse-token", duration: time }, { name: "graceful-loss" }],
        lostWithin: AT_ONCE,
        differs,
      };
    },
  },
} as const satisfies Record<string, CauseRecipe>;
