import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { couldHoldSecret } from "../../../../extension/core/recording/could-hold-secret.ts";
import { isSuspicious } from "../../../../extension/core/redaction/secrets.ts";
import { anyText } from "../../fakes/any-text.ts";

/** All words of the patterns in `extension/core/redaction`, and what they stand beside. */
const WORDS = [
  ..."eyJ access_token id connectionToken token sig code key Bearer Basic Digest NTLM DPoP ApiKey".split(" "),
  ..."SharedKey SharedKeyLite SharedAccessSignature PRIVATE password passwort passwd passphrase".split(" "),
  ..."passcode passkey pwd secret secretary tokenize token-id credential authorization cookie".split(" "),
  ..."cookie-banner csrf xsrf 2fa-code mfacode otp_code pin.code signature sessid session-id".split(" "),
  ..."connection-string connectionstring api-key apikey appkey access_key account.key adminkey".split(" "),
  ..."auth client crypto encryption function host licence license master primary private".split(" "),
  ..."secondary security service session shared signing storage subscription".split(" "),
  ..."pass pw pin otp cvv cvc jwt x-auth bearer sid ſecret toKen paſſword".split(" "),
];
const BESIDE = [..."? & %3F %26 \\u0026 = %3D / @ : \" ' \\n - _ . u0022 $ a Z 0".split(" "), " ", "\n"];

const part = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.constantFrom(...WORDS).map((word) => word.toUpperCase()),
  fc.constantFrom(...BESIDE),
  fc.stringMatching(/^[\w.~+/%-]{16}$/),
  anyText({ maxLength: 4 }),
);

describe("the quick check for secrets", () => {
  it("misses nothing that is suspicious", () => {
    let suspicious = 0;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const text = parts.join("");
        if (!isSuspicious(text)) return;
        suspicious++;
        expect(couldHoldSecret(text), text).toBe(true);
      }),
      { numRuns: 20_000 },
    );
    expect(suspicious).toBeGreaterThan(5_000);
  });

  it.each([...WORDS, "https://a:b@c", "id=aaaaaaaaaaaaaaaa", "&id%3Dx"])("asks about %s if it is", (text) => {
    for (const one of [text, `"${text}"`, text.toUpperCase(), `x ${text}`])
      if (isSuspicious(one)) expect(couldHoldSecret(one)).toBe(true);
  });

  it("passes over most messages", () => {
    for (const text of [
      '{"type":1,"target":"orderChanged","arguments":[{"id":5,"name":"order 7"}]}',
      "in",
      "",
    ])
      expect(couldHoldSecret(text)).toBe(false);
  });
});
