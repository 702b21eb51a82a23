/** What the server offers: protocols, sticky sessions, stateful reconnect. */
import { counted, duration } from "../../text/format.ts";
import { protocolName, transportName } from "../names.ts";
import type { DoctorVerdict } from "../report.ts";
import { direct, isOpen, needsNoNegotiate, worked, type DoctorSeen } from "../seen.ts";

const STICKY = "https://learn.microsoft.com/aspnet/core/signalr/scale#sticky-sessions";
const STATEFUL = "https://learn.microsoft.com/aspnet/core/signalr/configuration#configure-stateful-reconnect";

export function protocols({ connects, app }: DoctorSeen): DoctorVerdict | null {
  const topic = "protocols";
  const spoken = [...new Set(worked(connects).map(({ protocol }) => protocol))];
  const refused = connects.find(({ outcome }) => outcome === "protocol-refused")?.protocol;
  const list = spoken.map(protocolName).join(" and ");
  if (refused === undefined) {
    if (spoken.length === 0) return null;
    const open = connects.map(({ protocol }) => protocol).filter((name) => !spoken.includes(name));
    const unknown = [...new Set(open)].map(protocolName).join(" and ");
    return {
      topic,
      result: "fine",
      title: `The server speaks ${list}`,
      say: unknown === "" ? "All that were tried work." : `Whether it speaks ${unknown} is not known.`,
    };
  }
  if (spoken.includes(refused))
    return {
      topic,
      result: "note",
      title: `Only some connections get ${protocolName(refused)}`,
      say: "There may be several servers that are set up differently.",
    };
  const say = `${spoken.length === 0 ? "None" : `Only ${list}`} of those that were tried.`;
  // An app that is connected with it has another server, or did before the server changed.
  if (app?.protocol === refused && !isOpen(app))
    return {
      topic,
      result: "problem",
      where: "server",
      confidence: "high",
      title: `The app uses ${protocolName(refused)}, and the server doesn't have it`,
      say,
      advice: "Add the protocol on the server, or let the client use another.",
      ...(refused === "messagepack"
        ? { snippet: { language: "C#", code: "builder.Services.AddSignalR().AddMessagePackProtocol();" } }
        : {}),
    };
  return { topic, result: "note", title: `The server doesn't have ${protocolName(refused)}`, say };
}

export function stickySessions(seen: DoctorSeen): DoctorVerdict | null {
  const topic = "sticky";
  const { sticky, service } = seen;
  if (!sticky) return null;
  const { tried, notFound, failed } = sticky;
  if (notFound > 0 && needsNoNegotiate(seen))
    return {
      topic,
      result: "note",
      title: "Requests of one connection reach different servers; the app doesn't need them to",
      say: `${notFound} of ${counted(tried, "connection")} were answered 404. The app's client connects by WebSockets without a negotiate: that is one request.`,
    };
  if (notFound > 0 && service !== undefined)
    return {
      topic,
      result: "cant-tell",
      title: "The service doesn't know each connection",
      say: `${notFound} of ${counted(tried, "connection")} were answered 404. Sticky sessions are no matter of a service that clients are sent on to: perhaps it was too late for it.`,
    };
  if (notFound > 0)
    return {
      topic,
      result: "problem",
      where: "between",
      // One may also be a server that was started again.
      confidence: notFound === 1 && tried > 1 ? "medium" : "high",
      title: "Requests of one connection reach different servers",
      say: `${notFound} of ${counted(tried, "connection")} were answered 404: the server that got the request didn't know the connection that another one had negotiated.`,
      advice: `Switch sticky sessions on in the load balancer, so that all requests of a client reach one server. ${
        direct(seen)?.outcome === "connected"
          ? "Or use only WebSockets without a negotiate, which works here:"
          : "Azure SignalR Service makes them unnecessary."
      }`,
      snippet:
        direct(seen)?.outcome === "connected"
          ? {
              language: "TypeScript",
              code: ".withUrl(url, { skipNegotiation: true, transport: HttpTransportType.WebSockets })",
            }
          : { language: "nginx", code: "upstream hub { ip_hash; server app1:5000; server app2:5000; }" },
      link: STICKY,
    };
  if (failed > 0)
    return {
      topic,
      result: "cant-tell",
      title: "Sticky sessions",
      say: `${failed} of ${counted(tried, "connection")} failed for another reason.`,
    };
  return {
    topic,
    result: "fine",
    title: "Each connection stays with its server",
    say: `${counted(tried, "connection")} by ${transportName(sticky.transport)}, each with a negotiate of its own. ${service === undefined ? "There is one server, or sticky sessions work" : "The service that clients are sent on to needs no sticky sessions"}.`,
  };
}

export function stateful({ resume, app }: DoctorSeen): DoctorVerdict | null {
  const topic = "stateful";
  if (!resume) return null;
  const asks = app?.askedStateful === true;
  if (resume.outcome === "not-granted") {
    if (!asks || app.grantedStateful === true)
      return {
        topic,
        result: "note",
        title: "The server doesn't grant stateful reconnect",
        say: `A lost connection gets a new id, and messages in between are missed.${asks ? " The app's own connection has it: there may be several servers." : app ? " The app doesn't ask for it." : ""}`,
      };
    return {
      topic,
      result: "problem",
      where: "server",
      confidence: "high",
      title: "The app asks for stateful reconnect, and the server doesn't grant it",
      say: "A lost connection gets a new id, and messages in between are missed.",
      advice: "Allow it for the hub on the server (.NET 8 and later).",
      snippet: {
        language: "C#",
        code: "app.MapHub<YourHub>(path, options => options.AllowStatefulReconnects = true);",
      },
      link: STATEFUL,
    };
  }
  const unused = asks || !app ? "" : " The app doesn't ask for it: .withStatefulReconnect() would.";
  if (resume.outcome === "resumed")
    return {
      topic,
      result: asks ? "fine" : "note",
      title: "Stateful reconnect works",
      say: `After a loss the connection was back with its old id${resume.duration === undefined ? "" : ` in ${duration(resume.duration)}`}.${unused}`,
    };
  return {
    topic,
    result: "note",
    title: "Stateful reconnect is granted",
    say: `Whether a lost connection is resumed was not shown: when a page drops a socket, the browser says goodbye to the server (Firefox always), which then ends the connection. Switch the network off for a few seconds to see it.${unused}`,
  };
}
