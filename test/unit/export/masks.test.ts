import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { readEvent } from "../../../extension/core/events/guards.ts";
import { newScorecard } from "../../../extension/core/scenarios/scorecard.ts";
import { EXPORT_FORMATS, type ExportKind } from "../../../extension/export/export-formats.ts";
import { createMasker } from "../../../extension/export/masks/masker.ts";
import { NO_MASKS, type Masks } from "../../../extension/export/masks/masks.ts";
import { problemOfPath } from "../../../extension/export/masks/mask-fields.ts";
import { inspectExport, writeExport, type ExportContents } from "../../../extension/export/write-export.ts";
import { UTC } from "../../../extension/core/text/format.ts";
import { START, event } from "../fakes/events.ts";
import { expectLinear } from "../fakes/processor-time.ts";
import { eventsWith } from "../fakes/planted-events.ts";
import { inMemory } from "./written.ts";

const EVERYTHING: Masks = { ...NO_MASKS, hosts: true, connectionIds: true, emails: true, numbers: true };

const PAGE = { page: "p", recording: "p", url: "" };

function masked(masks: Partial<Masks>, ...events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const masker = createMasker({ ...NO_MASKS, ...masks });
  masker.learn(PAGE, events);
  return masker.events(events);
}
const ofText = (masks: Partial<Masks>, text: string): string => {
  const [only] = masked(masks, { kind: "hub-lost", seq: 1, t: 1, hub: 1, error: text });
  return only?.kind === "hub-lost" ? (only.error ?? "") : "";
};
const payloadOf = (masks: Partial<Masks>, payload: unknown): string | undefined => {
  const [only] = masked(
    masks,
    event(1, { payload: typeof payload === "string" ? payload : JSON.stringify(payload) }),
  );
  return only?.kind === "message" ? only.payload : undefined;
};

const PRIVATE = [
  "ann.smith@mail.contoso.test",
  "board-7.contoso.test",
  "10.20.30.40",
  "4929123456789012",
  "qX3_secretly-Chosen9Id",
];
const TEXT =
  "ann.smith@mail.contoso.test https://board-7.contoso.test:5001/a 10.20.30.40 4929123456789012 qX3_secretly-Chosen9Id";

describe("what is masked", () => {
  const page = { page: "p", recording: "p", url: "https://board-7.contoso.test/orders" };
  const named: RecordedEvent = {
    ...{
      kind: "negotiate-ended",
      seq: 1,
      t: START,
      request: 1,
      status: 200,
      connectionId: "qX3_secretly-Chosen9Id",
    },
  };
  const events = [named, ...eventsWith(TEXT, 1)];
  const source = () => inMemory([{ page, events }]);
  const about = { hubscope: "1", writtenAt: 1, zone: UTC, reportStyle: "" };
  const written = async (kind: ExportKind, contents: ExportContents): Promise<string> => {
    let text = "";
    for await (const piece of writeExport(source(), kind, contents, about, (kept) => kept)) text += piece;
    return text;
  };

  it.each(EXPORT_FORMATS.map(({ kind }) => kind))("is nowhere in a file as %s", async (kind) => {
    const text = await written(kind, { payloads: true, masks: EVERYTHING });
    expect(PRIVATE.filter((one) => text.includes(one))).toEqual([]);
  });

  describe("though it is named only in what isn't exported", () => {
    const HOST = "hidden-proxy";
    const ID = "Named-Before_9Id";
    const told: RecordedEvent = {
      ...{ kind: "hub-lost", seq: 3, t: START + 9_000, hub: 1 },
      error: `lost ${ID} of ${HOST}`,
    };
    const early: RecordedEvent = { ...named, connectionId: ID };
    const redirect = event(2, { t: START + 1, payload: `"http://${HOST}/x"` });
    const started: RecordedEvent = {
      ...{
        kind: "page",
        seq: 1,
        t: START,
        url: "",
        userAgent: "",
        openedAt: START,
        top: true,
        visible: true,
      },
      ...{ online: true, wasDiscarded: false, navigation: "navigate", probe: true },
    };
    const parts: readonly (readonly [string, Partial<ExportContents>])[] = [
      ["before a range", { range: { from: START + 5_000, to: START + 9_000 } }],
      ["in a payload", { payloads: false }],
    ];
    const cases = parts.flatMap(([where, part]) =>
      EXPORT_FORMATS.map(({ kind }) => [where, kind, part] as const),
    );
    it.each(cases)("%s, as %s", async (_, kind, part) => {
      const all = [started, { ...early, seq: 2 }, { ...redirect, seq: 3 }, { ...told, seq: 4 }];
      const contents = { payloads: true, masks: EVERYTHING, ...part };
      let text = "";
      for await (const piece of writeExport(inMemory([{ page, events: all }]), kind, contents, about, String))
        text += piece;
      expect([HOST, ID].filter((one) => text.includes(one))).toEqual([]);
    });
  });

  it("would be there otherwise, and what would leave is listed with examples", async () => {
    expect(PRIVATE.filter((one) => !JSON.stringify(events).includes(one))).toEqual([]);
    const plain = await inspectExport(source(), { payloads: true }, 1);
    const item = (kind: string) => plain.items.find((one) => one.kind === kind);
    expect(item("email")?.examples).toContain("ann.smith@mail.contoso.test");
    expect(item("host")?.examples).toContain("board-7.contoso.test");
    expect(item("number")?.examples).toContain("4929123456789012");
    expect(item("connection-id")?.examples).toContain("qX3_secretly-Chosen9Id");
    expect(item("payload")?.count).toBe(1);
    const masks = await inspectExport(source(), { payloads: true, masks: EVERYTHING }, 1);
    expect(PRIVATE.filter((one) => JSON.stringify(masks).includes(one))).toEqual([]);
    expect(
      (await inspectExport(source(), { payloads: false }, 1)).items.map(({ kind }) => kind),
    ).not.toContain("payload");
  });

  it("leaves events that can be read again, and the words of the format", () => {
    const all = masked(EVERYTHING, ...events);
    expect(all.map(readEvent)).toEqual(all);
    expect(all.map(({ kind, seq, t }) => [kind, seq, t])).toEqual(
      events.map(({ kind, seq, t }) => [kind, seq, t]),
    );
  });
});

describe("placeholders", () => {
  it("are the same for the same host, wherever it occurs, with another one for each", () => {
    const text =
      "https://a.test:81/x wss://user@B.test/y from a.test, not c.test; http://localhost:5000/ http://127.0.0.1";
    expect(ofText({ hosts: true }, text)).toBe(
      "https://host-1.example:81/x wss://user@host-2.example/y from host-1.example, not c.test; http://localhost:5000/ http://127.0.0.1",
    );
  });

  it("are used for a host that is named without an address: before it is known, in headers, percent-encoded, IPv6", () => {
    const [first] = masked(
      { hosts: true },
      {
        ...{ kind: "hub-lost", seq: 1, t: 1, hub: 1 },
        error: "on Api.corp, db-7.internal.corp; 2001:db8::1 ::1 16:27:25 a::b",
      },
      { kind: "request-seen", seq: 2, t: 2, method: "GET", status: 200, redirectedTo: "https://api.corp/x" },
    );
    expect(first).toMatchObject({
      error: "on host-1.example, host-3.example; host-2.example ::1 16:27:25 a::b",
    });
    expect(
      ofText(
        { hosts: true },
        "::ffff:10.20.30.40, [::ffff:10.20.30.41]:80 and 64:ff9b::10.2.3.4. ::ffff:127.0.0.1",
      ),
    ).toBe("host-1.example, [host-2.example]:80 and host-3.example. ::ffff:127.0.0.1");
    const headers = ["server: web-7.corp", "via: 1.1 proxy.corp:3128", "server: nginx"];
    const [seen] = masked(
      { hosts: true },
      { kind: "upgrade", seq: 1, t: 1, socket: 1, status: 101, headers },
    );
    expect(seen).toMatchObject({
      headers: ["server: host-1.example", "via: 1.1 host-2.example:3128", "server: nginx"],
    });
    expect(ofText({ hosts: true }, "to=https%3A%2F%2Fapi.corp%2Fx")).toBe(
      "to=https%3A%2F%2Fhost-1.example%2Fx",
    );
    const names = "System.Net.Http.HttpClient at main.a1b2.js";
    expect(ofText({ hosts: true }, names)).toBe(names);
  });

  it("are used in the strings of JSON, however they are written", () => {
    const said = String.raw`{"a":"anna\u002Bshop@corp.test","b":"o\u0027neil@corp.test","c":"https:\/\/a.corp\/x","d":"{\"e\":\"j\u00FCrgen@m\u00FCller.test\"}","f":"\u0041nna@corp.test`;
    expect(payloadOf({ emails: true, hosts: true }, said)).not.toMatch(/anna|neil|rgen|a\.corp|nna@/);
    const closed = payloadOf({ emails: true }, `${said}"}`) ?? "";
    expect(JSON.parse(closed)).toMatchObject({ a: "person-1@masked.example", b: "person-2@masked.example" });
  });

  it("leave the rest of an address with an @ in its path", () => {
    expect(ofText(EVERYTHING, "https://app.corp.test:8443/board/john.doe@corp.test/1")).toBe(
      "https://host-1.example:8443/board/person-1@masked.example/1",
    );
  });

  it("keep that a host is Azure SignalR Service, as the causes depend on it", () => {
    expect(ofText({ hosts: true }, "https://my-app.service.signalr.net/client/")).toBe(
      "https://host-1.service.signalr.net/client/",
    );
  });

  it("are used for a connection id in any text, once it is known", () => {
    const [, lost] = masked(
      { connectionIds: true },
      {
        kind: "hub-state",
        seq: 1,
        t: 1,
        hub: 1,
        from: "Connecting",
        to: "Connected",
        connectionId: "k_3-abc",
      },
      { kind: "hub-lost", seq: 2, t: 2, hub: 1, error: "No Connection with that ID: k_3-abc." },
    );
    expect(lost).toMatchObject({ error: "No Connection with that ID: connection-1." });
  });

  it("have as many digits as the number, in the same groups, so that JSON stays JSON", () => {
    expect(
      payloadOf(
        { numbers: true },
        { a: 12345678, b: ["+49 30 1234567", "12345678", 12345, "2026-11-29T10:00:00"] },
      ),
    ).toBe('{"a":90000001,"b":["+90 00 0000002","90000001",12345,"2026-11-29T10:00:00"]}');
    expect(ofText({ numbers: true }, "1.123456789, v1234567, 2026-11-29")).toBe(
      "1.123456789, v1234567, 2026-11-29",
    );
    expect(ofText({ numbers: true }, "/customers/4111111111111111 x 4111\u00a01111_1111 x ٤١١١١١١")).toBe(
      "/customers/9000000000000001 x 9000\u00a00000_0002 x 9000003",
    );
  });

  it("are not in ids that are hexadecimal, such as those of traces", () => {
    const ids = [
      "00-12345678abcdef0123456789abcdef01-1234567890abcdef-01",
      "00-12345678901234567890123456789012-1234567890123456-01",
      "12345678-1234-1234-1234-123456789abc",
      "trace_id=12345678901234567890123456789Abc",
      "1234567890abcdef",
    ].join(" 5 ");
    expect(ofText({ numbers: true }, ids)).toBe(ids);
    const payload = JSON.stringify({ target: "Add", headers: { traceparent: ids.slice(0, 55) } });
    expect(payloadOf({ numbers: true }, payload)).toBe(payload);
    expect(
      ofText({ numbers: true }, "4111111111111111EUR 12345678-1234-1234-1234-123456789012, 1234567e"),
    ).toBe("9000000000000001EUR 90000000-0000-0000-0000-000000000002, 9000003e");
  });

  it("are e-mail addresses of nobody", () => {
    expect(ofText({ emails: true }, "<Ann@contoso.test> ann@contoso.test, bob+x@a.b.test")).toBe(
      "<person-1@masked.example> person-1@masked.example, person-2@masked.example",
    );
  });
});

describe("fields of payloads", () => {
  it("are replaced where a path finds them, even under names that objects have by themselves", () => {
    const message = '{"target":"Say","arguments":[{"name":"Ann","__proto__":{"name":"Bo"}},"x"]}';
    expect(payloadOf({ fields: ["$.arguments..name"] }, message)).toBe(
      '{"target":"Say","arguments":[{"name":"…","__proto__":{"name":"…"}},"x"]}',
    );
    expect(
      payloadOf({ fields: ["$.arguments[0]['__proto__']", "$.arguments[0].__proto__.name"] }, message),
    ).toBe('{"target":"Say","arguments":[{"name":"Ann","__proto__":"…"},"x"]}');
    expect(payloadOf({ fields: ["$"] }, message)).toBe('"…"');
    expect(payloadOf({ fields: ["$.nothing"] }, message)).toBe(message);
  });

  it("are left out with the whole payload where it can't be searched", () => {
    expect(payloadOf({ fields: ["$.a"] }, '{"a":"cut o')).toBeUndefined();
    const [binary] = masked({ emails: true }, event(1, { binary: "kwE=" }));
    expect(binary).not.toHaveProperty("binary");
  });

  it("are named by an expression that can be checked", () => {
    expect(problemOfPath("$.arguments[*].name")).toBeNull();
    expect(problemOfPath("arguments")).toContain("$");
    // The payload is the page's, and their time would explode with it.
    expect(problemOfPath('$..[?match(@, "(a+)+")]')).toContain("match()");
    expect(problemOfPath("$..*..*")).toContain('".."');
    expect(problemOfPath("$.arguments['..match(']")).toBeNull();
    const deep = "[".repeat(5_000) + "]".repeat(5_000);
    expect(payloadOf({ fields: ["$..a"] }, deep)).toBeUndefined();
  });
});

it("masks a scorecard as the events before it", () => {
  const masker = createMasker(EVERYTHING);
  masker.learn({ ...PAGE, url: "https://a.test/" }, []);
  const card = newScorecard({ hubscope: "1", madeAt: 1, url: "https://a.test/x", browser: "firefox" });
  expect(masker.scorecard(card)).toEqual({ ...card, url: "https://host-1.example/x" });
});

it.each(["1 ", "a@", "a@b.", ".", "://", "a://", "x://1 ", "-", "12345 ", "a.", "1-", "1a", "1-a"])(
  "takes time in proportion to the length of a text made of %j",
  (part) => {
    expectLinear((size) => ofText(EVERYTHING, part.repeat(size)), 40_000);
  },
);
