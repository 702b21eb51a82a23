import { bytes } from "../../../text/format.ts";
import type { HubConnectionModel } from "../../../model/types.ts";
import type { Bytes } from "../../../units.ts";
import { DOCS, found, notApplicable, ok, type Change, type FindingKind } from "../finding.ts";
import { allowCode } from "./stateful-not-used.ts";

/** The default of both sides (`StatefulReconnectBufferSize`, `bufferSize`). */
const DEFAULT: Bytes = 100_000;
const NEAR = 0.8;
/** One message may go over the limit. Far above it, the app has set a larger one. */
const LARGER = 1.5;

export const statefulBuffer: FindingKind = {
  group: "state",
  subject: "Stateful reconnect's buffer",
  title: "Stateful reconnect's buffer is almost full",
  when: "one side kept more than 80 % of the default buffer of 100,000 bytes",
  why: "Both sides keep what isn't acknowledged yet. When the client's buffer is full, its sends wait; when the server's is full, its sends to this client wait, and with them what sends them.",
  link: `${DOCS}aspnet/core/signalr/configuration#configure-stateful-reconnect`,
  scenario: null,
  check({ hubs, url }) {
    const granted = hubs.filter(({ stateful }) => stateful?.granted);
    if (granted.length === 0) return notApplicable("Stateful reconnect isn't in use.");
    const peaks = (["out", "in"] as const).flatMap((direction) =>
      granted.map((hub) => ({ hub, direction, peak: hub.stateful?.[direction].peakBytes ?? 0 })),
    );
    const full = peaks.filter(({ peak }) => peak >= DEFAULT * NEAR && peak <= DEFAULT * LARGER);
    const worst = full.sort((a, b) => b.peak - a.peak)[0];
    if (!worst) {
      const most = Math.max(...peaks.map(({ peak }) => peak));
      return ok(
        most > DEFAULT * LARGER
          ? `${bytes(most)} were kept at most: more than the default buffer, so a larger one is set.`
          : `At most ${bytes(most)} of ${bytes(DEFAULT)} were kept.`,
      );
    }
    const own = worst.direction === "out";
    return found(
      worst.peak >= DEFAULT ? "medium" : "low",
      `${own ? "The client" : "The server"} kept up to ${bytes(worst.peak)} of its ${bytes(DEFAULT)} (by default).`,
      {
        measured: [
          {
            label: own ? "Client's buffer, at most" : "Server's buffer, at most",
            value: worst.peak,
            unit: "B",
          },
          { label: "Limit by default", value: DEFAULT, unit: "B" },
        ],
        moments: full.map(({ hub }) => ({ t: handshakeOf(hub), hubKey: hub.key, text: "This connection" })),
        changes: [own ? clientChange(url) : serverChange(worst.hub.path)],
      },
    );
  },
};

const handshakeOf = ({ transports, states }: HubConnectionModel): number =>
  transports.find(({ handshakeAt }) => handshakeAt !== null)?.handshakeAt ?? states[0]?.from ?? 0;

const clientChange = (url: string): Change => ({
  where: "client",
  text: "Send less at once, or give withStatefulReconnect() a larger bufferSize.",
  snippet: {
    language: "ts",
    code: `new signalR.HubConnectionBuilder()\n  .withUrl(${JSON.stringify(url)})\n  .withAutomaticReconnect(policy) // as it is\n  .withStatefulReconnect({ bufferSize: ${DEFAULT * 5} })\n  .build();`,
  },
});

const serverChange = (path: string): Change => ({
  where: "server",
  text: "Send less at once, or raise StatefulReconnectBufferSize: it is memory for each connection.",
  snippet: {
    language: "cs",
    code: `builder.Services.AddSignalR(options => options.StatefulReconnectBufferSize = ${DEFAULT * 5});\n${allowCode(path)}`,
  },
});
