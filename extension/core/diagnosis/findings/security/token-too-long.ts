import { bytes, counted } from "../../../text/format.ts";
import { LONGEST_ADDRESS } from "../../obstacles.ts";
import { cantTell, DOCS, found, ok, type FindingKind } from "../finding.ts";
import { refusalMoment, refusedBy } from "../natural.ts";

/** A few more claims, and it is too long. */
const NEAR = 0.75;

export const tokenTooLong: FindingKind = {
  group: "security",
  subject: "Length of the access token",
  title: "The access token is too long, or almost",
  when: "a try was refused because the token is too long; or an address with the token is longer than 6,000 characters",
  why: "Browsers send the token in the address of a WebSocket. Servers and proxies limit its length (Kestrel: 8 kB for the line, nginx: 8 kB, Azure: 4 kB for the token) and refuse users with many roles or claims.",
  link: `${DOCS}azure/azure-signalr/signalr-howto-troubleshoot-guide#access-token-too-long`,
  scenario: null,
  check(history) {
    const sent = history.hubs.flatMap(({ transports, key }) =>
      transports.map((one) => ({ t: one.from, hubKey: key, length: one.addressLength ?? 0 })),
    );
    const refused = refusedBy(history, ["token-too-long"]);
    if (sent.length + refused.length === 0) return cantTell("No transport was started.");
    const near = sent.filter(({ length }) => length >= LONGEST_ADDRESS * NEAR);
    const longest = Math.max(0, ...sent.map(({ length }) => length));
    if (refused.length + near.length === 0)
      return ok(
        longest === 0 ? "No address was longer than 4 kB." : `The longest address had ${bytes(longest)}.`,
      );
    return found(
      refused.length > 0 ? "high" : "low",
      refused.length > 0
        ? `${counted(refused.length, "try", "tries")} ${refused.length === 1 ? "was" : "were"} refused because the token is too long${longest > 0 ? `: the address had ${bytes(longest)}` : ""}.`
        : `The address with the token has ${bytes(longest)}; many servers take ${bytes(LONGEST_ADDRESS)} at most.`,
      {
        measured: [
          { label: "Refused", value: refused.length, unit: "count" },
          ...(longest > 0 ? [{ label: "Longest address", value: longest, unit: "B" } as const] : []),
        ],
        moments: [
          ...refused.map(refusalMoment),
          ...near.map(({ t, hubKey, length }) => ({ t, hubKey, text: `Address of ${bytes(length)}` })),
        ],
        changes: [
          {
            where: "server",
            text: "Put into the token only what the hub needs: look up roles and groups on the server.",
          },
          {
            where: "azure",
            text: "With Azure SignalR Service choose the claims that it takes over into its own token.",
            snippet: {
              language: "cs",
              code: "builder.Services.AddSignalR().AddAzureSignalR(options =>\n    options.ClaimsProvider = context => context.User.Claims.Where(claim => claim.Type is ClaimTypes.NameIdentifier or ClaimTypes.Role));",
            },
          },
        ],
      },
    );
  },
};
