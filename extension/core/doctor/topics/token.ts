import { duration } from "../../text/format.ts";
import type { DoctorVerdict } from "../report.ts";
import type { DoctorSeen } from "../seen.ts";

const topic = "token";
const AUTHENTICATION = "https://learn.microsoft.com/aspnet/core/signalr/authn-and-authz";

/** The app's token, and what the server says to it. */
export function token({ began, negotiates }: DoctorSeen): DoctorVerdict | null {
  const refused = negotiates.find(({ status }) => status === 401 || status === 403);
  const expired = began.tokenExpiresAt !== undefined && began.tokenExpiresAt <= began.t;
  const ago = expired ? duration(began.t - (began.tokenExpiresAt ?? 0)) : "";
  if (began.token === "failed")
    return {
      topic,
      result: "problem",
      where: "app",
      confidence: "high",
      title: "The app's token factory fails",
      say: `accessTokenFactory threw: “${began.error ?? "no reason"}”.`,
      advice: "Mend accessTokenFactory: without a token the app can't connect again either.",
      link: AUTHENTICATION,
    };
  if (refused && expired)
    return {
      topic,
      result: "problem",
      where: "app",
      confidence: "high",
      title: "The app's token has expired",
      say: `The token that accessTokenFactory returns has been expired for ${ago}, and the server answers ${refused.status ?? ""}.`,
      advice: "Let accessTokenFactory get a new token when the old one has expired or is about to.",
      snippet: {
        language: "TypeScript",
        code: ".withUrl(url, { accessTokenFactory: () => getFreshToken() }) // your own function: not a stored string",
      },
      link: AUTHENTICATION,
    };
  if (refused) return whyRefused(began.token, refused.status ?? 401);
  if (began.token !== "borrowed") return null;
  return {
    topic,
    result: expired ? "note" : "fine",
    title: expired ? "The server takes a token that has expired" : "The server takes the app's token",
    say: expired
      ? `The token has been expired for ${ago}. A clock may be wrong, or the hub wants no user.`
      : began.tokenExpiresAt === undefined
        ? "When it expires isn't known: it is no JWT."
        : `It expires in ${duration(began.tokenExpiresAt - began.t)}.`,
  };
}

function whyRefused(which: DoctorSeen["began"]["token"], status: number): DoctorVerdict {
  const said = `The server answers ${status}`;
  if (which === "unknown")
    return {
      topic,
      result: "cant-tell",
      title: "The server wants a user",
      say: `${said}, and the app's client wasn't found, so its token couldn't be borrowed.`,
    };
  if (which === "none")
    return {
      topic,
      result: "problem",
      where: "app",
      confidence: "medium",
      title: "The server wants a user, and the app sends no token",
      say: `${said}. The app's client has no accessTokenFactory; cookies were sent.`,
      advice: "Sign in again if the hub uses cookies; otherwise give the client an accessTokenFactory.",
      link: AUTHENTICATION,
    };
  return {
    topic,
    result: "problem",
    where: "server",
    confidence: "medium",
    title: "The server refuses the app's token",
    say: `${said}, and the token hasn't expired as far as can be seen.`,
    advice:
      status === 403
        ? "Look at the hub's authorization policy: this user isn't allowed."
        : "Look at the server's log: issuer, audience and signing key of the token, and the server's clock.",
    link: AUTHENTICATION,
  };
}
