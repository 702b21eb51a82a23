/** Who ended a connection that had been open: the server in good order, or something that cut it. */
import type { DoctorConnected, DoctorStayed } from "../../events/doctor-events.ts";
import { quoted } from "../names.ts";
import type { DoctorProblem, DoctorTopic } from "../report.ts";

/** It sent a Close message, or closed the socket or ended the polls in good order. An event stream ends without a reason. */
export const endedByServer = ({ error, transport, code }: DoctorStayed): boolean =>
  error === undefined
    ? transport !== "ServerSentEvents" && (code === undefined || code === 1000)
    : hasServersWords(error);

/** Of a connection that was closed right after it was open. null: it wasn't, or it may have been cut. */
export function endedAtOnce(
  topic: DoctorTopic,
  { outcome, open, error, transport }: DoctorConnected,
): DoctorProblem | null {
  const said = hasServersWords(error);
  const inOrder = transport !== "ServerSentEvents" && !/code|error|fail|time/i.test(error ?? "");
  if (outcome !== "refused" || (!said && (open === undefined || !inOrder))) return null;
  return {
    topic,
    result: "problem",
    where: "server",
    confidence: said ? "medium" : "low",
    title: "The server ends the connection at once",
    say: error === undefined ? "It was closed in good order, without a reason." : `${quoted(error)}.`,
    advice:
      "Look at the server's log at this time, and at the hub's OnConnectedAsync(): an exception there, or Context.Abort(), ends the connection. The server may allow only one for a user.",
  };
}

const hasServersWords = (error: string | undefined): boolean => error?.startsWith("Server returned") === true;
