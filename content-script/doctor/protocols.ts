/** The hub protocols that the doctor tries. */
import { JsonHubProtocol, MessageType, type IHubProtocol } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import type { DoctorProtocol } from "../../extension/core/events/doctor-events.ts";

/** @param pinged is called for each ping of the server */
export function protocolOf(name: DoctorProtocol, pinged?: () => void): IHubProtocol {
  const real = name === "json" ? new JsonHubProtocol() : new MessagePackHubProtocol();
  return {
    name,
    version: real.version,
    transferFormat: real.transferFormat,
    writeMessage: (message) => real.writeMessage(message),
    parseMessages(input, logger) {
      // Each of the two takes only its own kind of input, which its transfer format asks for.
      const messages = real.parseMessages(input as ArrayBuffer & string, logger);
      if (pinged) for (const { type } of messages) if (type === MessageType.Ping) pinged();
      return messages;
    },
  };
}
