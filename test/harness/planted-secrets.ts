/**
 * Forty secrets in the formats in which apps, libraries and servers write them. Each has a unique part that must not be
 * stored anywhere.
 */
import { Buffer } from "node:buffer";

export interface Planted {
  /** The text that contains the secret. */
  readonly text: string;
  /** The part that must not remain after redaction. */
  readonly secret: string;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const within = (value: unknown, depth: number): string =>
  depth === 0 ? JSON.stringify(value) : JSON.stringify({ inner: within(value, depth - 1) });
/** Escapes a text as System.Text.Json does within JSON. */
const escaped = (value: unknown): string =>
  JSON.stringify({ inner: JSON.stringify(value) }).replaceAll('\\"', "\\u0022");

/** Each function writes a secret in a typical context. */
const WRITERS: readonly ((secret: string) => string)[] = [
  (secret) => `${base64url({ alg: "HS256" })}.${base64url({ sub: secret })}.${secret}`,
  (secret) => `Bearer ${secret}`,
  (secret) => `Authorization: ApiKey ${secret}`,
  (secret) => `Authorization: Basic ${Buffer.from(secret).toString("base64")}`,
  (secret) => `authorization: ${secret}`,
  (secret) => `Cookie: session=${secret}; theme=dark`,
  (secret) => `x-api-key: ${secret}`,
  (secret) => `wss://user:${secret}@host.test/hub`,
  (secret) => `wss://host.test/hub?id=${secret}`,
  (secret) => `https://host.test/hub?access_token=${secret}&a=1`,
  (secret) => `access_token=${secret}`,
  (secret) => `user=mira&password=${secret}`,
  (secret) => `returnUrl=%2Fhub%3Faccess_token%3D${secret}`,
  (secret) => `Server=db;Password=${secret};AccountKey=${secret}`,
  (secret) => `Endpoint=https://x.service.signalr.net;AccessKey=${secret}=;Version=1.0;`,
  (secret) => `SharedAccessSignature sr=host&sig=${secret}&se=1900000000`,
  (secret) => `Login { User = mira, Password = ${secret} }`,
  (secret) => `{ newPassword: '${secret}' }`,
  (secret) => `<password>${secret}</password>`,
  (secret) => `<login pwd="${secret}"/>`,
  (secret) => `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`,
  (secret) => within({ token: secret }, 0),
  (secret) => within({ accessToken: secret, a: 1 }, 1),
  (secret) => within({ client_secret: secret }, 2),
  (secret) => within({ clientSecret: secret }, 0),
  (secret) => within({ passwordHash: secret }, 1),
  (secret) => within({ sessionToken: [secret, "b"] }, 0),
  (secret) => within({ credentials: { user: "mira", value: secret } }, 1),
  (secret) => within([{ name: "apikey", value: secret }], 0),
  (secret) => within({ Key: "Password", Value: secret }, 1),
  (secret) => within({ type: 1, target: "Login", arguments: ["password", secret] }, 0),
  (secret) => within({ refreshToken: secret }, 0).slice(0, -2),
  (secret) => escaped({ password: secret, a: 1 }),
  (secret) => escaped({ id_token: secret }),
  (secret) => `{"password" : "${secret}`,
  (secret) => `Wrong pwd: ${secret}`,
  (secret) => `token=${secret}; expired`,
  (secret) => `the connection string is ConnectionString=${secret}`,
  (secret) => `{&quot;secret&quot;:&quot;${secret}&quot;}`,
  (secret) => `%7B%22password%22%3A%22${secret}%22%7D`,
];

export const PLANTED: readonly Planted[] = WRITERS.map((write, i) => {
  const secret = `pl4nted${String(i).padStart(2, "0")}Xq7`;
  return { text: write(secret), secret };
});

const base64 = (text: string): string => Buffer.from(text).toString("base64").replace(/=+$/, "");

/** The planted secrets that a text contains, plain or in base64. */
export function foundIn(text: string): readonly string[] {
  return PLANTED.flatMap(({ secret }) =>
    text.includes(secret) || text.includes(base64(secret)) ? [secret] : [],
  );
}
