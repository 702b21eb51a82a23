import { quoted } from "../names.ts";
import type { DoctorNegotiated } from "../../events/doctor-events.ts";
import { counted, duration } from "../../text/format.ts";
import type { Milliseconds } from "../../units.ts";
import type { DoctorProblem, DoctorVerdict } from "../report.ts";
import { atService, isOpen, needsNoNegotiate, type DoctorSeen } from "../seen.ts";

const topic = "token";
const AUTHENTICATION = "https://learn.microsoft.com/aspnet/core/signalr/authn-and-authz";

/** ASP.NET Core takes a token for so long after its end, unless configured otherwise: clocks differ. */
const CLOCK_SKEW: Milliseconds = 300_000;

/** The app's token, and what the server says to it. */
export function token(seen: DoctorSeen): DoctorVerdict | null {
  const { began } = seen;
  if (began.token === "failed") return failed(began.error ?? "no reason");
  // A service that clients are sent on to gets another token: see reach.
  const { own } = atService(seen);
  const refused = own.filter(({ status }) => status === 401 || status === 403);
  const accepted = own.filter(({ status }) => status === 200);
  const over = began.tokenExpiresAt === undefined ? undefined : began.t - began.tokenExpiresAt;
  const expired = over !== undefined && over >= 0;
  const [first] = refused;
  if (first && needsNoNegotiate(seen))
    return {
      topic,
      result: "note",
      title: "A negotiate is refused; the app doesn't need one",
      say: `The server answers ${first.status ?? "nothing"}. A WebSocket without a negotiate connects, as the app's does.`,
    };
  if (first && accepted.length > 0) return sometimes(refused.length, own.length, first);
  if (first?.status === 401 && expired)
    return {
      topic,
      result: "problem",
      where: "app",
      confidence: over > CLOCK_SKEW ? "high" : "medium",
      title: "The app's token has expired",
      say: `The token that accessTokenFactory returns expired ${duration(over)} ago by this computer's clock, and the server answers 401.`,
      advice: "Let accessTokenFactory get a new token when the old one has expired or is about to.",
      snippet: {
        language: "TypeScript",
        code: ".withUrl(url, { accessTokenFactory: () => getFreshToken() }) // your own function: not a stored string",
      },
      link: AUTHENTICATION,
    };
  if (first) return whyRefused(first, seen);
  if (began.token !== "borrowed" || accepted.length === 0) return null;
  if (expired)
    return {
      topic,
      result: "note",
      title: "The server takes a token that has expired",
      say: `The token expired ${duration(over)} ago by this computer's clock. That clock may be wrong, or the hub wants no user.`,
    };
  return {
    topic,
    result: "fine",
    title: "The app's token isn't refused",
    say: `${
      over === undefined ? "When it expires isn't known: it is no JWT." : `It expires in ${duration(-over)}.`
    } A hub that wants no user doesn't look at it, and single methods may still want more.`,
  };
}

function failed(error: string): DoctorVerdict {
  const late = /did not answer within/.test(error);
  return {
    topic,
    result: "problem",
    where: "app",
    confidence: late ? "medium" : "high",
    title: late ? "The app's token factory doesn't answer" : "The app's token factory fails",
    say: late ? quoted(error) : `accessTokenFactory threw: ${quoted(error)}.`,
    advice: "Fix accessTokenFactory, or what it asks for the token: without one the app can't connect again.",
    link: AUTHENTICATION,
  };
}

const sometimes = (refused: number, all: number, { status }: DoctorNegotiated): DoctorProblem => ({
  topic,
  result: "problem",
  where: "server",
  confidence: "medium",
  title: "Only some requests are let in",
  say: `${refused} of ${counted(all, "negotiate")} got ${status ?? "no answer"}, the others were answered.`,
  advice:
    "If there are several servers, look whether all have the same keys and settings for tokens and cookies.",
  link: AUTHENTICATION,
});

function whyRefused({ status, error }: DoctorNegotiated, { began, app }: DoctorSeen): DoctorVerdict {
  const said = `The server answers ${status ?? "nothing"}`;
  if (began.token === "unknown")
    return {
      topic,
      result: "cant-tell",
      title: "The server wants a user",
      say: `${said}, and the app's client wasn't found, so its token couldn't be borrowed.`,
    };
  const connected = isOpen(app);
  // It may sign in by an HTTP client of its own. Or its user was signed out since.
  const beside = connected ? " The app itself is connected; it may not be able to connect again." : "";
  if (began.token === "none")
    return {
      topic,
      result: "problem",
      where: "app",
      confidence: connected ? "low" : "medium",
      title:
        status === 401
          ? "The server wants a user, and the app sends no token"
          : "The server refuses the app's user",
      say: `${said}. The app's client has no accessTokenFactory, or that gives no token.${beside}`,
      advice: "Sign in again if the hub uses cookies; otherwise give the client an accessTokenFactory.",
      link: AUTHENTICATION,
    };
  const valid = began.tokenExpiresAt !== undefined && began.tokenExpiresAt > began.t;
  // ASP.NET Core leaves the answer empty. A page in it is from a proxy or a firewall.
  const byOther = status === 403 && error !== undefined && error !== "Forbidden";
  return {
    topic,
    result: "problem",
    where: "server",
    confidence: connected || byOther ? "low" : "medium",
    title: status === 403 ? "The server refuses the app's user" : "The server refuses the app's token",
    say: `${said}${valid ? ", and by this computer's clock the token hasn't expired" : ""}.${beside}`,
    advice:
      status === 403
        ? "Look at the hub's authorization policy: this user may not be allowed. Or a firewall on the way refuses the request: look who answers."
        : "Look at the server's log: issuer, audience and signing key of the token, and the clocks of server and computer.",
    link: AUTHENTICATION,
  };
}
