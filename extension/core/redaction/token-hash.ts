/**
 * Replaces a connection id that is also the connection token: with negotiate version 0 (clients before 3.1, and servers that
 * support no other) the id is enough to use the connection. 32 bits are enough to distinguish the connections of a recording,
 * and too few to find the token of 128 bits.
 * https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/TransportProtocols.md
 */
export function tokenHash(token: string): string {
  if (/^#[0-9a-f]{8}$/.test(token)) return token;
  // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  return `#${(hash >>> 0).toString(16).padStart(8, "0")}`;
}
