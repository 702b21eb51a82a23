/**
 * For WebSockets and event streams a browser can send the token only in the address (`access_token`). ASP.NET Core reads it from
 * there only when it is told to.
 */
import { direct, negotiated, worked, type DoctorSeen } from "../seen.ts";

/** The two transports with the token in the address are refused, and the one with a header works. */
export function ignoresTokenInAddress(seen: DoctorSeen): boolean {
  const { began, service } = seen;
  const refused = (transport: "WebSockets" | "ServerSentEvents"): boolean => {
    const tried = negotiated(seen, transport);
    return tried.length > 0 && tried.every((one) => one.outcome === "refused" && one.open === undefined);
  };
  return (
    began.token === "borrowed" &&
    service === undefined &&
    refused("WebSockets") &&
    refused("ServerSentEvents") &&
    direct(seen)?.outcome !== "connected" &&
    worked(negotiated(seen, "LongPolling")).length > 0
  );
}

export const READ_FROM_ADDRESS = `options.Events = new JwtBearerEvents { OnMessageReceived = context => {
  if (context.HttpContext.Request.Path.StartsWithSegments("/your-hub"))
    context.Token = context.Request.Query["access_token"];
  return Task.CompletedTask;
} };`;
