export type TransportName = "WebSockets" | "ServerSentEvents" | "LongPolling";

/**
 * Commands with which a test makes a hub server misbehave. The same commands work on the embedded hub and on the ASP.NET Core
 * one, in process (`hub.control(command)`) and over HTTP (`POST /control` with the command as JSON).
 *
 * A command for connections affects every open one, or only the one with `connectionId`. "Sockets" stands for what carries them:
 * the WebSocket, the event stream, or the waiting poll.
 */
export type ControlCommand =
  /** Answer the next `count` negotiate requests with `status` instead of an id. With status 200, only `body` is sent. */
  | { do: "answerNegotiates"; status: number; count?: number; body?: string; retryAfterSeconds?: number }
  /**
   * Answer negotiates with 429 above this rate, until reset: a token bucket that holds `burst`, full at first, and gets a tenth of
   * `perSecond`, a multiple of ten, every 100 ms.
   */
  | { do: "limitNegotiates"; perSecond: number; burst: number }
  /** Delay the answer to every negotiate by this time, until set to 0 or reset. */
  | { do: "delayNegotiates"; delayMilliseconds: number }
  /** List only these transports in negotiate responses, until reset. All transports still work. */
  | { do: "offerTransports"; transports: TransportName[] }
  /**
   * Forget the ids of the next `count` negotiate responses: clients that connect with them get 404, as without sticky
   * sessions.
   */
  | { do: "forgetNegotiated"; count?: number }
  /** Answer the next `count` WebSocket upgrades with `status`. */
  | { do: "refuseUpgrades"; status: number; count?: number; body?: string }
  /** Answer the next `count` GETs of this transport with `status`: upgrades, event streams, polls. */
  | { do: "refuseTransports"; transport: TransportName; status: number; count?: number; body?: string }
  /** Answer every GET of these transports with `status` (404 if absent), until reset, like a proxy that blocks them. */
  | { do: "blockTransports"; transports: TransportName[]; status?: number }
  /** Answer the next `count` POSTs with `status`. Clients send messages by POST with event streams and long polling. */
  | { do: "refuseSends"; status: number; count?: number; body?: string }
  /** Answer the next `count` handshake requests with this error. */
  | { do: "refuseHandshakes"; error: string; count?: number }
  /** Throw in OnConnected for the next `count` connections; with `greets`, send a `messageReceived` before that. */
  | { do: "failConnected"; count?: number; greets?: boolean }
  /** Cut the TCP connection: no Close message, no close frame. */
  | { do: "dropSockets"; connectionId?: string }
  /** Close sockets cleanly: a close frame with this code; the end of the event stream; 204 for the poll. */
  | { do: "closeSockets"; code: number; reason?: string; connectionId?: string }
  /** Send a Close message as the server would, then close cleanly. */
  | { do: "sendClose"; error?: string; allowReconnect?: boolean; connectionId?: string }
  /** What an app does with `Context.Abort()`. */
  | { do: "abort"; connectionId?: string }
  /** Cut the TCP connection and forget the connection: later requests with its id get 404. */
  | { do: "loseConnections"; connectionId?: string }
  /** Neither send nor read anything on the sockets that are open now; `silent: false` ends this. */
  | { do: "goSilent"; silent?: boolean; connectionId?: string }
  /** Send this text unchanged in one frame: for example a malformed message, several messages, or an unknown type. */
  | { do: "sendText"; text: string; connectionId?: string }
  /**
   * Cancel every pending misbehaviour, end silence, empty the log. Existing connections stay open, but they aren't logged any
   * more and later misbehaviour doesn't affect them, only new connections.
   */
  | { do: "reset" };
