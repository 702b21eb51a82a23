/** Attributes by the semantic conventions of OpenTelemetry, where there are any; ours begin with "hubscope.". */
import { hubName } from "../core/model/hub-name.ts";
import type { Downtime, HubConnectionModel, TransportModel } from "../core/model/types.ts";
import { verdictOf } from "../core/diagnosis/diagnose.ts";
import { KNOWN_FROM } from "../core/diagnosis/titles.ts";
import type { TransportName } from "../core/protocol/terms.ts";
import { OUTCOME_WORD, startWord } from "../wording/labels.ts";
import { hasRecovered } from "../core/model/recovery.ts";
import type { Attributes } from "./values.ts";

/** https://opentelemetry.io/docs/specs/semconv/registry/attributes/signalr/ */
const TRANSPORT: Readonly<Record<TransportName, string>> = {
  WebSockets: "web_sockets",
  ServerSentEvents: "server_sent_events",
  LongPolling: "long_polling",
};

export const transportAttribute = (transport: TransportName | null): Attributes => ({
  "signalr.transport": transport === null ? null : TRANSPORT[transport],
});

export const hubAttributes = (hub: HubConnectionModel): Attributes => ({ "hubscope.hub": hubName(hub) });

export function serverAttributes(url: string): Attributes {
  const [, scheme = "", host = ""] = /^(\w+):\/\/([^/?#]*)/.exec(url) ?? [];
  const port = /:(\d{1,5})$/.exec(host)?.[1];
  const usual = /^(?:wss|https)$/i.test(scheme) ? 443 : /^(?:ws|http)$/i.test(scheme) ? 80 : null;
  return {
    "server.address": host === "" ? null : host.replace(/:\d*$/, ""),
    "server.port": host === "" ? null : port === undefined ? usual : Number(port),
    "url.full": url === "" ? null : url,
  };
}

/** As the hub has it in the spans of ASP.NET Core's own client: "hubs/chat". */
export const serviceName = ({ path }: HubConnectionModel): string => path.replaceAll(/^\/+|\/+$/g, "");

export const connectionAttributes = (hub: HubConnectionModel, transport: TransportModel): Attributes => ({
  ...hubAttributes(hub),
  ...transportAttribute(transport.transport),
  ...serverAttributes(transport.url),
  "hubscope.connection_id": transport.connectionId,
  "hubscope.close_code": transport.closed?.code,
  "hubscope.close_reason": transport.closed?.reason === "" ? null : transport.closed?.reason,
  "hubscope.client_version": hub.clientVersion,
  "hubscope.protocol": hub.protocol,
});

export function downtimeAttributes(hub: HubConnectionModel, one: Downtime): Attributes {
  const { cause, confidence, knowledge, obstacle } = verdictOf(one);
  return {
    ...hubAttributes(hub),
    "error.type": cause,
    "hubscope.cause": cause,
    "hubscope.confidence": confidence,
    "hubscope.source": KNOWN_FROM[knowledge],
    "hubscope.reconnect_prevented_by": obstacle?.name,
    "hubscope.outcome": one.outcome,
    "hubscope.outcome_text": one.kind === "interruption" ? OUTCOME_WORD[one.outcome] : startWord(one),
    "hubscope.recovered": hasRecovered(one),
    "hubscope.injected": one.faults.length > 0,
    "hubscope.attempts": one.attempts.length,
    ...(one.kind === "interruption"
      ? {
          "hubscope.connection_id.before": one.connectionIdBefore,
          "hubscope.connection_id.after": one.connectionIdAfter,
        }
      : {}),
  };
}
