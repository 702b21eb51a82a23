import { describe, expect, it } from "vitest";
import { reportOf } from "../../../extension/core/doctor/report-of.ts";
import type { DoctorReport, DoctorTopic, DoctorVerdict } from "../../../extension/core/doctor/report.ts";
import { transportError } from "../../../extension/core/doctor/transport-error.ts";
import type {
  DoctorBegan,
  DoctorConnected,
  DoctorFact,
  DoctorNegotiated,
} from "../../../extension/core/events/doctor-events.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";

const stamp = { seq: 1, t: 0, run: 1 };
const negotiate = (more: Partial<DoctorNegotiated> = {}): DoctorNegotiated => ({
  ...stamp,
  kind: "doctor-negotiate",
  url: "https://app.test/hub/negotiate",
  status: 200,
  duration: 20,
  transports: ["WebSockets", "ServerSentEvents", "LongPolling"],
  ...more,
});
const connect = (more: Partial<DoctorConnected> = {}): DoctorConnected => ({
  ...stamp,
  kind: "doctor-connect",
  transport: "WebSockets",
  protocol: "json",
  outcome: "connected",
  duration: 50,
  ...more,
});
const refused = connect({ outcome: "refused", error: "No." });
const direct = connect({ skipNegotiation: true });
const sticky = { ...stamp, kind: "doctor-sticky", transport: "LongPolling", tried: 4, failed: 0 } as const;
const stay = {
  ...stamp,
  kind: "doctor-stay",
  transport: "WebSockets",
  duration: 3_000,
  lost: true,
  code: 1006,
  error: "WebSocket closed with status code: 1006 (no reason given).",
} as const;
const size = { ...stamp, kind: "doctor-size", direction: "out", transport: "WebSockets" } as const;

const report = (facts: readonly DoctorFact[], more: Partial<DoctorBegan> = {}): DoctorReport =>
  reportOf(
    {
      run: 1,
      page: "p",
      began: {
        ...stamp,
        kind: "doctor",
        url: "https://app.test/hub",
        stay: 0,
        calls: true,
        client: "10",
        token: "none",
        ...more,
      },
      tries: null,
      facts,
      from: 0,
      until: 1,
      end: "completed",
      detail: null,
    },
    createReducer().model,
  );
const verdict = (given: DoctorReport, topic: DoctorTopic): DoctorVerdict | undefined =>
  given.verdicts.find((one) => one.topic === topic);

describe("the doctor's verdicts", () => {
  it("asks for sticky sessions, but not for an app that needs none", () => {
    const facts = [negotiate(), refused, direct, { ...sticky, notFound: 4 }];
    expect(report(facts)).toMatchObject({ where: "between" });
    expect(verdict(report(facts), "sticky")).toMatchObject({ result: "problem", confidence: "high" });
    const skips = report(facts, { skipNegotiation: true });
    expect(skips).toMatchObject({ where: null, headline: "No problem was found" });
    expect(verdict(skips, "sticky")).toMatchObject({ result: "note" });
  });

  it("says that everything works only if it does", () => {
    expect(report([negotiate(), connect()]).headline).toBe("Everything that was tried works from here");
    const binary = connect({ protocol: "messagepack", outcome: "protocol-refused" });
    expect(report([negotiate(), connect(), binary])).toMatchObject({
      headline: "No problem was found",
      where: null,
    });
  });

  it("takes a limit of the rate for the server's, also if only some negotiates meet it", () => {
    const busy = negotiate({ status: 429, error: "Too Many Requests", retryAfter: "7" });
    const some = verdict(report([negotiate(), busy, connect()]), "reach");
    expect(some).toMatchObject({ where: "server", title: "The server limits connections or requests" });
    expect(some?.say).toContain("wait 7 s");
    const down = negotiate({ status: 502, error: "Bad Gateway" });
    expect(verdict(report([negotiate(), down, connect()]), "reach")).toMatchObject({ confidence: "low" });
  });

  it("takes a loss for an idle timeout only where no ping had come", () => {
    const idle = verdict(report([negotiate(), connect(), { ...stay, pings: 0 }], { stay: 9_000 }), "stay");
    expect(idle).toMatchObject({ where: "between", confidence: "medium" });
    expect(JSON.stringify(idle)).toContain("idle timeout");
    const pinged = { ...stay, pings: 4, interval: 700, longest: 710 };
    const busy = verdict(report([negotiate(), connect(), pinged], { stay: 9_000 }), "stay");
    expect(busy).toMatchObject({ where: "between", confidence: "low" });
    expect(JSON.stringify(busy)).toContain("it was no idle timeout");
  });

  it("doesn't say that messages are limited to nothing", () => {
    const small = report([negotiate(), connect(), { ...size, passed: 0, failed: 1_000 }]);
    expect(verdict(small, "size")?.title).toBe("Messages of 1,000 B don't reach the server");
  });
});

describe("transportError", () => {
  const all =
    "Unable to connect to the server with any of the available transports. Error: WebSockets failed: Error: One. Error: ServerSentEvents failed: Error: Two failed. LongPolling failed: Error: 'LongPolling' is disabled by the client.";

  it("leaves the part about the transport", () => {
    expect(transportError("WebSockets", all)).toBe("One.");
    expect(transportError("ServerSentEvents", all)).toBe("Two failed.");
    expect(transportError("LongPolling", all)).toBe("'LongPolling' is disabled by the client.");
  });

  it("leaves other texts as they are", () => {
    expect(transportError("WebSockets", "Failed to fetch")).toBe("Failed to fetch");
  });
});
