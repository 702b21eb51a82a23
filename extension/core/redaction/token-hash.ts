/**
 * Stands for a connection id that is a connection token as well: with negotiate version 0 (clients before 3.1, and servers that know no
 * other) whoever knows the id can speak on the connection. 32 bits tell the connections of a recording apart, and lead
 * back to no token of 128.
 * https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/TransportProtocols.md
 */
export function tokenHash(token: string): string {
  if (/^#[0-9a-f]{8}$/.test(token)) return token;
  // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  return `#${(hash >>> 0).toString(16).padStart(8, "0")}`;
}
