import { describe, expect, it } from "vitest";
import type { DoctorConnected } from "../../../extension/core/events/doctor-events.ts";
import { doctorWords } from "../../../extension/wording/doctor-words.ts";

const connect = (about: Partial<DoctorConnected>) =>
  doctorWords({
    kind: "doctor-connect",
    run: 1,
    seq: 1,
    t: 0,
    transport: "WebSockets",
    protocol: "json",
    outcome: "connected",
    duration: 40,
    ...about,
  });

describe("a connection of the doctor as a row", () => {
  it("says whether it was without a negotiate", () => {
    expect(connect({}).title).toBe("WebSocket, JSON: connected");
    expect(connect({ skipNegotiation: true }).title).toBe("WebSocket without a negotiate, JSON: connected");
  });

  it.each([
    ["connected", "good"],
    ["refused", "bad"],
    ["silent", "bad"],
    ["not-offered", undefined],
    ["protocol-refused", undefined],
  ] as const)("%s is %s", (outcome, tone) => {
    expect(connect({ transport: "ServerSentEvents", outcome })).toMatchObject({
      title: expect.stringMatching(/^Event stream, JSON: /) as string,
    });
    expect(connect({ outcome }).tone).toBe(tone);
  });
});
