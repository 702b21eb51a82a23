import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expiryOf, redactText, redactUrl } from "../../../extension/core/redact.ts";

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const jwt = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url({ sub: "mira", exp: 1_900_000_000 })}.c2lnbmF0dXJl`;

describe("redactUrl", () => {
  it.each([
    [
      "wss://x.service.signalr.net/client/?hub=chat&id=abc&access_token=eyJhbGciOi.x.y",
      "wss://x.service.signalr.net/client/?hub=chat&id=…&access_token=…",
    ],
    [
      "https://user:pass@host/hubs/board?negotiateVersion=1#part",
      "https://host/hubs/board?negotiateVersion=1",
    ],
    [
      "https://host/page?secret=1&flag&useStatefulReconnect=true",
      "https://host/page?secret=…&flag&useStatefulReconnect=true",
    ],
  ])("%s", (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
  });

  it("keeps no value of a parameter that it doesn't know", () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: false }),
        fc.stringMatching(/^[a-z]{3,10}$/),
        fc.stringMatching(/^[A-Za-z0-9]{16,40}$/),
        (url, name, secret) => {
          fc.pre(!["transport", "hub"].includes(name));
          expect(redactUrl(`${url}?${name}=${secret}`)).not.toContain(secret);
        },
      ),
      // Addresses take long to make up.
      { numRuns: 40 },
    );
  });
});

describe("redactText", () => {
  it.each([
    `Error: 401 for Bearer ${jwt}`,
    `connected to ws://h/hub?id=tok3nTok3nTok3n&access_token=${jwt}`,
    `{"type":1,"target":"Login","arguments":[{"accessToken":"${jwt}"}]}`,
    `{"password":"hunter2hunter2","see":"https://u:hunter2hunter2@x.test/?access_token=abc"}`,
    `{"arguments":["{\\"password\\":\\"hunter2hunter2\\",\\"a\\":1}"]}`,
    `Authorization: Basic dXNlcjpodW50ZXIyaHVudGVyMg==`,
  ])("removes the secret from %s", (text) => {
    const clean = redactText(text);
    for (const secret of [jwt, "tok3nTok3nTok3n", "hunter2hunter2", "dXNlcjpodW50ZXIyaHVudGVyMg=="])
      expect(clean).not.toContain(secret);
    expect(clean).toContain("…");
  });

  it("finds a JWT wherever it stands", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(redactText(`${before} ${jwt} ${after}`)).not.toContain(jwt.split(".")[1]);
      }),
    );
  });

  it("removes a secret from JSON within JSON, however deep and whatever is in it", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 0, max: 3 }), (before, after, depth) => {
        let text = JSON.stringify({ password: `${before}hunter2hunter2${after}`, next: 1 });
        for (let i = 0; i < depth; i++) text = JSON.stringify({ inner: text });
        const clean = redactText(text);
        expect(clean).not.toContain("hunter2");
        let value: unknown = clean;
        for (let i = 0; i < depth; i++) value = (JSON.parse(value as string) as { inner: unknown }).inner;
        expect(JSON.parse(value as string)).toEqual({ password: "…", next: 1 });
      }),
    );
  });

  it("removes a secret that was cut off", () => {
    const whole = JSON.stringify({ inner: JSON.stringify({ password: "hunter2hunter2" }) });
    for (let end = whole.indexOf("hunter2") + 7; end < whole.length; end++)
      expect(redactText(whole.slice(0, end))).not.toContain("hunter2");
  });

  it.each([
    "x",
    "\\",
    "eyJ",
    "-eyJabcd",
    "://",
    "a:",
    "Bearer ",
    "Bearer%20",
    '\\"password\\":\\"',
    '"password":"',
    '"password" ',
    "?id=",
    "\\\\\\.",
  ])("takes no longer than a moment for half a megabyte of %s", (part) => {
    const suspicious = `bearer eyJ \\"password\\":\\"`;
    const text = suspicious + part.repeat(500_000 / part.length) + suspicious;
    const from = performance.now();
    redactText(text);
    // Milliseconds; what goes back and forth over the text takes minutes.
    expect(performance.now() - from).toBeLessThan(2_000);
  });

  it("leaves plain texts alone", () => {
    const text =
      '{"type":1,"target":"messageReceived","arguments":["mira","hello",{"at":"2026-11-24T10:44:11Z"}]}';
    expect(redactText(text)).toBe(text);
  });
});

describe("expiryOf", () => {
  const decode = (text: string): string => Buffer.from(text, "base64").toString();
  it("reads exp in milliseconds", () => {
    expect(expiryOf(jwt, decode)).toBe(1_900_000_000_000);
  });
  it.each([undefined, null, "", "opaque-token", "eyJ.%%%.x", "eyJhbGciOiJub25lIn0.bm90anNvbg.x"])(
    "is undefined for %s",
    (token) => {
      expect(expiryOf(token, decode)).toBeUndefined();
    },
  );
});
