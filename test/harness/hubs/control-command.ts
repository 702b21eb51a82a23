export type TransportName = "WebSockets" | "ServerSentEvents" | "LongPolling";

/**
 * What a test may ask a hub server to do wrong. The same commands work on the embedded hub and on the ASP.NET Core one,
 * in process (`hub.control(command)`) and over HTTP (`POST /control` with the command as JSON).
 *
 * A command aimed at connections reaches every open one, or only `connectionId`'s. "Sockets" are whatever carries them:
 * the WebSocket, the event stream, the poll that is waiting.
 */
export type ControlCommand =
  /** Answer the next `count` negotiates with `status` instead of an id. Status 200 sends just the body. */
  | { do: "answerNegotiates"; status: number; count?: number; body?: string; retryAfterSeconds?: number }
  /** Hold every negotiate back for so long, until set to 0 or reset. */
  | { do: "delayNegotiates"; delayMilliseconds: number }
  /** Name only these transports in the answers to negotiates, until reset. They all still work. */
  | { do: "offerTransports"; transports: TransportName[] }
  /** Give out ids in the next `count` negotiates that are unknown (404) when the client comes with them: no sticky sessions. */
  | { do: "forgetNegotiated"; count?: number }
  /** Answer the next `count` WebSocket upgrades with `status`. */
  | { do: "refuseUpgrades"; status: number; count?: number; body?: string }
  /** Answer the next `count` GETs of this transport with `status`: upgrades, event streams, polls. */
  | { do: "refuseTransports"; transport: TransportName; status: number; count?: number; body?: string }
  /** Answer every GET of these transports with `status` (404 if absent), until reset: a proxy that lets them not pass. */
  | { do: "blockTransports"; transports: TransportName[]; status?: number }
  /** Answer the next `count` POSTs with which messages are sent over event streams and long polling with `status`. */
  | { do: "refuseSends"; status: number; count?: number; body?: string }
  /** Answer the next `count` handshake requests with this error. */
  | { do: "refuseHandshakes"; error: string; count?: number }
  /** Throw in OnConnected for the next `count` connections; one that greets has sent `messageReceived` before. */
  | { do: "failConnected"; count?: number; greets?: boolean }
  /** Cut the TCP connection: no Close message, no close frame. */
  | { do: "dropSockets"; connectionId?: string }
  /** End sockets politely: a close frame with this code; the end of the event stream; 204 for the poll. */
  | { do: "closeSockets"; code: number; reason?: string; connectionId?: string }
  /** Send a Close message as the server would, then close politely. */
  | { do: "sendClose"; error?: string; allowReconnect?: boolean; connectionId?: string }
  /** What an app does with `Context.Abort()`. */
  | { do: "abort"; connectionId?: string }
  /** Cut the TCP connection and know nothing of the connection any more: 404 for whoever comes with its id. */
  | { do: "loseConnections"; connectionId?: string }
  /** Neither send nor read anything on the sockets that are open now; `silent: false` ends it. */
  | { do: "goSilent"; silent?: boolean; connectionId?: string }
  /** Send this text as it stands in one frame: a malformed message, several messages, an unknown type. */
  | { do: "sendText"; text: string; connectionId?: string }
  /**
   * Forget every pending misbehaviour, end silence, empty the log. Connections stay, but nothing they still do is logged
   * or meets with misbehaviour: that is for those who come after.
   */
  | { do: "reset" };
