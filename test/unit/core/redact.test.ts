import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expiryOf, maskText, redactText, redactUrl } from "../../../extension/core/redaction/redact.ts";
import { isSuspicious } from "../../../extension/core/redaction/secrets.ts";
import { anyAddress } from "../fakes/any-text.ts";
import { expectLinear } from "../fakes/processor-time.ts";

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
      "https://host/page?secret=…&…&useStatefulReconnect=true",
    ],
    // A parameter without a value or without a name may itself be the secret.
    ["https://host/page?eyJhbGciOi&c2VjcmV0==&=x&tab=", "https://host/page?…&…&…&…"],
    [
      "https://host/a;jsessionid=abc123?transport=webSockets",
      "https://host/a;jsessionid=…?transport=webSockets",
    ],
  ])("removes all secrets from %s", (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
  });

  it("keeps no value of a parameter that it doesn't know", () => {
    fc.assert(
      fc.property(
        anyAddress,
        fc.stringMatching(/^[a-z]{3,10}$/),
        fc.stringMatching(/^[A-Za-z0-9]{16,40}$/),
        (url, name, secret) => {
          fc.pre(!["transport", "hub"].includes(name));
          expect(redactUrl(`${url}?${name}=${secret}`)).not.toContain(secret);
        },
      ),
      { numRuns: 200 },
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

  it("finds a JWT at any place", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(redactText(`${before} ${jwt} ${after}`)).not.toContain(jwt.split(".")[1]);
      }),
    );
  });

  it("removes any secret from nested JSON texts, at any depth", () => {
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
    "password=",
    "password ",
    "a-token-",
    '"password":[',
    '"password","',
    "password:{\\",
    "\\u0022password",
    "%22password%22:%22",
    "<password>",
    "-----BEGIN PRIVATE KEY-----",
    "Bearer a",
    "\\\\\\.",
    '"name":"token",',
    '"value":"a',
    'value="x',
    ' name="token" ',
    '{"value":"a","name":"token"',
    'name="token"\r\n\r\n',
    'name="token"\\r\\n\\r\\n\\\\\\\\',
    "<token a ",
    "<p:token>",
    "//a:",
    "//a:b@",
    "@:/",
    "session: ",
  ])("needs linear time for half a megabyte of %s", (part) => {
    const suspicious = `bearer eyJ \\"password\\":\\"`;
    expectLinear((size) => redactText(suspicious + part.repeat(size / part.length) + suspicious), 500_000);
  });

  it("leaves plain texts alone", () => {
    const text =
      '{"type":1,"target":"messageReceived","arguments":["mira","hello",{"at":"2026-11-24T10:44:11Z"}]}';
    expect(redactText(text)).toBe(text);
  });
});

/** All formats in which the name and the value of a secret appear. */
const PLACES: Readonly<Record<string, (name: string, secret: string) => string>> = {
  json: (name, secret) => JSON.stringify({ before: 1, [name]: secret, after: [true] }),
  "json, a number": (name, secret) => `{"${name}":${numberOf(secret)},"after":1}`,
  "json, a list": (name, secret) => JSON.stringify({ [name]: [secret, `]"${secret}`], after: 1 }),
  "json, an object": (name, secret) => JSON.stringify({ [name]: { a: { b: secret } }, after: 1 }),
  "json, spaced": (name, secret) => JSON.stringify({ [name]: secret }, null, 2),
  "json, cut off": (name, secret) => `{"${name}":"${secret}`,
  "json, name and value": (name, secret) => JSON.stringify([{ name, value: secret }, { a: 1 }]),
  "json, Key and Value": (name, secret) => JSON.stringify([{ Key: name, Value: secret }]),
  "json, next in a list": (name, secret) => JSON.stringify([name, secret]),
  "an object as printed": (name, secret) => `{ ${name}: '${secret}', user: 'mira' }`,
  "a record as printed": (name, secret) => `Login { User = mira, ${name} = ${secret} }`,
  "a connection string": (name, secret) => `Server=db;User Id=sa;${name}=${secret} with a space;Encrypt=true`,
  "a connection string, first": (name, secret) => `${name}=${secret}=;Version=1.0;`,
  "a query": (name, secret) => `GET https://host/hub?a=1&${name}=${secret}&b=2 failed`,
  "a query by itself": (name, secret) => `${name}=${secret}&b=2`,
  "a form": (name, secret) => `user=mira&${name}=${secret}`,
  "an escaped query": (name, secret) => `returnUrl=%2Fhub%3F${name}%3D${secret}%26b%3D2`,
  "a header": (name, secret) => `401 for ${name}: ${secret}`,
  yaml: (name, secret) => `user: mira\n${name}: ${secret}\nnext: 1`,
  "json, value and name": (name, secret) => JSON.stringify([{ value: secret, name }, { a: 1 }]),
  "json, name and value apart": (name, secret) => JSON.stringify({ key: name, order: 1, value: secret }),
  "json, value and name apart": (name, secret) => JSON.stringify({ value: secret, "a b": "c", name }),
  "xml, an element": (name, secret) => `<a><${name}>${secret}</${name}></a>`,
  "xml, with attributes": (name, secret) => `<a><${name} type="x" a='b'>${secret}</${name}></a>`,
  "xml, with a prefix": (name, secret) => `<p:${name}>${secret}</p:${name}>`,
  "xml, a setting": (name, secret) => `<add key="${name}" value="${secret}"/><add key="a" value="b"/>`,
  "html, a field": (name, secret) => `<input type=text name="${name}" id="x" value="${secret}">`,
  "html, a field the other way round": (name, secret) => `<input value="${secret}" name="${name}">`,
  multipart: (name, secret) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${secret}\r\n--b\r\nx`,
  "multipart, with a type": (name, secret) =>
    `name="${name}"\r\nContent-Type: text/plain\r\n\r\n${secret}\r\n--b--`,
  "an xml attribute": (name, secret) => `<login ${name}="${secret}" user="mira" />`,
};
const numberOf = (text: string): string =>
  text.replace(/./g, (character) => String(character.charCodeAt(0) % 10)).replace(/^0+/, "9");

/** Encodings that may be applied to such a text. */
const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  "within JSON": (text) => JSON.stringify({ inner: text }),
  "within JSON of System.Text.Json": (text) =>
    JSON.stringify({ inner: text })
      .replace(/\\"/g, "\\u0022")
      .replace(/&/g, "\\u0026")
      .replace(/'/g, "\\u0027"),
  "within JSON within JSON": (text) => JSON.stringify({ outer: JSON.stringify({ inner: text }) }),
  "within HTML": (text) => text.replace(/"/g, "&quot;").replace(/'/g, "&#39;"),
};

const NAMES = [
  ..."token access_token accessToken AccessToken refresh-token id_token sessionToken connectionToken".split(
    " ",
  ),
  ..."client_secret clientSecret password newPassword Password passwordHash pwd passphrase".split(" "),
  ..."x-api-key apikey ApiKey AccountKey SharedAccessKey subscription-key privateKey".split(" "),
  ..."pass_word pass-word pw PHPSESSID x-auth X-CSRF X-CSRF-Token otpCode pinCode".split(" "),
  ..."credentials authorization Cookie session_id connectionString pin otp jwt".split(" "),
];

describe("a secret by its name", () => {
  it.each(Object.keys(ENCODINGS))("is removed in every place, %s", (encoding) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.constantFrom(...Object.keys(PLACES)),
        fc.stringMatching(/^[A-Za-z0-9]{12,24}$/),
        (name, place, secret) => {
          // In HTML, angle brackets are escaped, so the text is no longer XML.
          fc.pre(!(encoding === "within HTML" && place.startsWith("xml, ")));
          // With fields of its own it is a place on a map.
          fc.pre(!(name === "pin" && place === "json, an object"));
          const text = (ENCODINGS[encoding] as (text: string) => string)(
            (PLACES[place] as (name: string, secret: string) => string)(name, secret),
          );
          const clean = redactText(text);
          const masked = maskText(text);
          // One `expect` for all, because each costs more time than the redaction.
          expect({
            left: [secret, numberOf(secret)].filter((one) => clean.includes(one)),
            leftMasked: masked.includes(secret),
            again: redactText(clean),
            length: masked.length,
          }).toEqual({ left: [], leftMasked: false, again: clean, length: text.length });
        },
      ),
      { numRuns: 600 },
    );
  });

  it("leaves valid JSON, in which everything else is unchanged", () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.jsonValue(), fc.jsonValue(), (name, secret, beside) => {
        fc.pre(!isSuspicious(JSON.stringify(beside)));
        // With fields of its own it is a place on a map.
        fc.pre(!(name === "pin" && JSON.stringify(secret).startsWith("{")));
        const text = JSON.stringify({ a: beside, [name]: secret, b: beside });
        const literal = secret === null || typeof secret === "boolean";
        expect(JSON.parse(redactText(text))).toEqual(
          JSON.parse(JSON.stringify({ a: beside, [name]: literal ? secret : "…", b: beside })),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{"type":1,"target":"ResetPassword","arguments":["mira"]}'],
    ['{"type":1,"target":"SetToken","arguments":[{"id":5,"key":"board"}]}'],
    ["Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON"],
    ['{"passwordRequired":true,"token":null,"max_tokens":512}'],
    ["Unauthorized: the token has expired."],
    ["WebSocket closed with status code: 1006 (no reason given)."],
    ["Server timeout elapsed without receiving a message from the server."],
    ['{"secretary":"Anna","passenger":"Bob","pinned":"yes"}'],
    ['{"cookieConsent":"yes","tokenizer":"bpe","tokenId":7,"token_id":"a"}'],
    ['{"pin":{"lat":1,"lng":2},"session":{"title":"Testing","room":5}}'],
    ['{"signature":"Kind regards"}'],
    ["Could not resume the session: timeout"],
    ['<session room="5"><title>Testing</title></session>'],
    ['key="password"\n\nThe next chapter'],
    ['{"target":"a","value":5,"other":{"name":"token"}}'],
    ["https://host:8080/a,b@c.test, //comment me@host.test"],
  ])("a text without a secret stays unchanged: %s", (text) => {
    expect(redactText(text)).toBe(text);
  });

  it.each([
    ["Authorization: ApiKey k3yk3yk3y and more", "Authorization: …"],
    ["Authorization: Negotiate YIIabc", "Authorization: …"],
    ["sent Bearer abcdefgh1", "sent Bearer …"],
    ["Retry after SharedAccessSignature sr=x&sig=abc%3D&se=1", "Retry after SharedAccessSignature …"],
    ["Cookie: sid=abc; theme=dark\nAccept: */*", "Cookie: …\nAccept: */*"],
    [
      "{\\u0022password\\u0022:\\u0022hunter2\\u0022,\\u0022a\\u0022:1}",
      "{\\u0022password\\u0022:\\u0022…\\u0022,\\u0022a\\u0022:1}",
    ],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- done", "… done"],
    ["see https://me:hunter2@host/", "see https://…host/"],
    ["see https://me:hunter@2@host/", "see https://…host/"],
    ["see //me:hunter2@host/", "see //…host/"],
    ["see https:\\/\\/me:hunter2@host\\/", "see https:\\/\\/…host\\/"],
    ['Bearer "abcdefgh1"', 'Bearer "…"'],
    ['{"a":"Bearer \\"abcdefgh1\\""}', '{"a":"Bearer \\"…\\""}'],
    ['{"session":"abc","bearer":"abc"}', '{"session":"…","bearer":"…"}'],
    ["session=abc&a=1", "session=…&a=1"],
    ['{"value":12345,"name":"pin"}', '{"value":"…","name":"pin"}'],
    ["No connection with id=dGhpc0lzVGhlVG9rZW4x", "No connection with id=…"],
    ["sig=AAAAAAAAAAAAAAAAAAAAAAAA==", "sig=…"],
    ["code=AAAAAAAAAAAAAAAA", "code=…"],
    ["id=short, code=1006", "id=short, code=1006"],
    ["token_eyJhbGciOiJub25lIn0.eyJhIjoxfQ.abcd", "token_…"],
  ])("is removed from %j, and nothing else is", (text, clean) => {
    expect(redactText(text)).toBe(clean);
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
