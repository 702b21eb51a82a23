import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/** A new key, with a certificate that it signed itself. Needs openssl. */
export async function selfSigned(): Promise<{ readonly key: string; readonly cert: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), "hubscope-certificate-"));
  const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  const args = "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost -keyout".split(" ");
  await promisify(execFile)("openssl", [...args, key, "-out", cert]);
  const made = { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
  await rm(folder, { recursive: true, force: true });
  return made;
}
