/** The measure for ours: an extension with the same manifest and the same files, but all its scripts are empty. */
import { cp, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";

interface ContentScript {
  readonly js: readonly string[];
  readonly [key: string]: unknown;
}

interface Manifest {
  readonly content_scripts?: readonly ContentScript[];
  readonly browser_specific_settings?: { readonly gecko?: object };
  readonly [key: string]: unknown;
}

const EMPTY_ID = "empty@bench.hubscope.dev";

/** @param registered content scripts that our background registers: an empty background can't */
export async function writeEmptyExtension(
  from: string,
  to: string,
  registered: readonly ContentScript[],
): Promise<void> {
  await cp(from, to, { recursive: true });
  for (const entry of await readdir(to, { recursive: true }))
    if (entry.endsWith(".js")) await writeFile(path.join(to, entry), "");
  const file = path.join(to, "manifest.json");
  const manifest = JSON.parse(await readFile(file, "utf8")) as Manifest;
  const gecko = manifest.browser_specific_settings?.gecko;
  const empty: Manifest = {
    ...manifest,
    name: "Empty",
    content_scripts: [...(manifest.content_scripts ?? []), ...registered],
    ...(gecko ? { browser_specific_settings: { gecko: { ...gecko, id: EMPTY_ID } } } : {}),
  };
  await writeFile(file, JSON.stringify(empty));
}

/** A script that was registered at run time, as the manifest would have it. */
export interface RegisteredScript {
  readonly js?: readonly string[];
  readonly matches?: readonly string[];
  readonly excludeMatches?: readonly string[];
  readonly allFrames?: boolean;
  readonly matchOriginAsFallback?: boolean;
  readonly runAt?: string;
  readonly world?: string;
}

export function asInManifest(script: RegisteredScript): ContentScript {
  const { js = [], matches, excludeMatches, allFrames, matchOriginAsFallback, runAt, world } = script;
  const fields = {
    matches,
    exclude_matches: excludeMatches?.length === 0 ? undefined : excludeMatches,
    all_frames: allFrames,
    match_origin_as_fallback: matchOriginAsFallback,
    run_at: runAt?.replace(/([A-Z])/g, (capital) => `_${capital.toLowerCase()}`),
    world,
  };
  return { js, ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) };
}

/** Runs in a page of an extension. */
export const registeredScripts = `chrome.scripting.getRegisteredContentScripts()`;
