import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reportOf } from "../../../../extension/core/doctor/report-of.ts";
import { DOCTOR_TOPICS } from "../../../../extension/core/doctor/report.ts";
import { anyEvent } from "../any-event.ts";
import {
  BEGAN,
  ALL,
  appBy,
  began,
  connected,
  direct,
  negotiated,
  refused,
  report,
  scriptOf,
  script,
  sticky,
  type Run,
} from "./doctor-script.ts";

const headline = (run: Run) => report(run).headline;
const works = [negotiated(), ...ALL.map((transport) => connected(transport))];

describe("the headline", () => {
  it("names the surest problem, not the first", () => {
    const slow = connected("ServerSentEvents", { outcome: "silent", duration: 10_000 });
    const run = { facts: [negotiated(), negotiated({ status: 503 }), slow, connected("LongPolling")] };
    expect(report(run)).toMatchObject({
      headline: "A problem between app and server: Event streams are held back on the way",
      where: "between",
    });
  });

  it("of equally sure ones it names the first topic's", () => {
    const facts = [negotiated({ status: 404 }), refused("WebSockets", { upgradeLost: false })];
    expect(headline({ facts })).toBe("A problem of the server: There is no hub at this address");
  });

  it("says perhaps of what is unsure", () => {
    expect(headline({ facts: [negotiated(), refused("WebSockets")] })).toBe(
      "Perhaps a problem between app and server: WebSockets are blocked on the way",
    );
  });

  it("of a run without a problem", () => {
    expect(headline({ facts: works })).toBe("Everything that was tried works from here");
    expect(headline({ facts: works, end: null })).toBe("No problem so far");
    for (const end of ["cancelled", "panel-closed", "failed"] as const)
      expect(headline({ facts: works, end })).toBe("It ended before everything was tried; no problem so far");
  });

  it("of a run whose page has gone", () => {
    const left: Run = { facts: works, end: null };
    const model = scriptOf(left)
      .at(BEGAN + 5_000)
      .add({ kind: "lifecycle", phase: "pagehide", persisted: false })
      .reduce();
    const [run] = model.pages.flatMap(({ doctorRuns }) => doctorRuns);
    expect(run && reportOf(run, model).headline).toBe(
      "It ended before everything was tried; no problem so far",
    );
  });

  it("doesn't say that everything works when a way can't be told, or nothing connects", () => {
    expect(headline({ facts: [...works, sticky(0, 2)] })).toBe(
      "No problem was found; not everything could be tried",
    );
    const unknown = { token: "unknown" as const };
    const wants = [negotiated({ status: 401 }), direct("refused")];
    expect(headline({ facts: wants, began: unknown })).toBe("It can't be told: The server wants a user");
    expect(headline({})).toBe("Nothing connects, and no reason was found");
  });
});

describe("a run that was cancelled half-way", () => {
  it("says nothing of what it didn't try", () => {
    expect(report({ end: "cancelled" }).verdicts).toEqual([]);
    const run = { before: appBy("WebSockets"), facts: [negotiated()], end: "cancelled" as const };
    expect(report(run).verdicts.map(({ topic }) => topic)).toEqual(["reach", "speed"]);
    const more = { ...run, facts: [negotiated(), connected("WebSockets")] };
    expect(report(more).verdicts.map(({ topic }) => topic)).toEqual([
      "reach",
      "websockets",
      "protocols",
      "beside-app",
      "speed",
    ]);
  });
});

describe("the runs of a recording", () => {
  const model = (build: (page: ReturnType<typeof script>) => unknown) => {
    const page = script().at(0).page();
    build(page);
    return page.reduce().pages.flatMap(({ doctorRuns }) => doctorRuns);
  };
  const fact = (run: number) => ({ ...negotiated(), run });

  it("ignores what belongs to an unknown run, or comes after the end", () => {
    const runs = model((page) =>
      page
        .add(fact(1), { kind: "doctor-ended", run: 1, reason: "failed" })
        .add(began(1), fact(1), fact(2), { kind: "doctor-tries", run: 1, check: "negotiate" })
        .at(50)
        .add({ kind: "doctor-ended", run: 1, reason: "cancelled", detail: "why" })
        .at(60)
        .add(fact(1), { kind: "doctor-tries", run: 1, check: "stay" })
        .add({ kind: "doctor-ended", run: 1, reason: "completed" }),
    );
    expect(runs).toHaveLength(1);
    expect(runs).toMatchObject([{ run: 1, tries: { check: "negotiate" }, end: "cancelled", detail: "why" }]);
    expect(runs[0]?.facts).toHaveLength(1);
  });

  it("keeps two runs apart", () => {
    const runs = model((page) =>
      page
        .add(began(1), fact(1), { kind: "doctor-ended", run: 1, reason: "completed" })
        .at(50)
        .add(began(2, { calls: false }), fact(2), fact(2)),
    );
    expect(runs.map(({ run, facts, end }) => ({ run, facts: facts.length, end }))).toEqual([
      { run: 1, facts: 1, end: "completed" },
      { run: 2, facts: 2, end: null },
    ]);
  });
});

it("any events: a report in order, without a throw, that names a place exactly if there is a problem", () => {
  const doctors = anyEvent.filter(({ kind }) => kind.startsWith("doctor"));
  const events = fc.array(fc.oneof({ weight: 3, arbitrary: doctors }, anyEvent), { maxLength: 40 });
  fc.assert(
    fc.property(events, (any) => {
      const page = script().at(0).page().add(began(1), began(2));
      for (const [i, event] of any.entries()) page.at(i * 1_000).add(event);
      const model = page.reduce();
      for (const run of model.pages.flatMap(({ doctorRuns }) => doctorRuns)) {
        const { where, verdicts, headline: text } = reportOf(run, model);
        expect(where === null).toBe(verdicts.every(({ result }) => result !== "problem"));
        const order = verdicts.map(({ topic }) => DOCTOR_TOPICS.indexOf(topic));
        expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
        for (const one of verdicts) expect(one.title.trim()).not.toBe("");
        expect(JSON.stringify([text, verdicts])).not.toMatch(/undefined|NaN|Infinity|null/);
      }
    }),
    { numRuns: 300 },
  );
});
