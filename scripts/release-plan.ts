/** What a release changes, and why it may be rejected. Pure: release.ts reads and writes the files. */

/** The contents of the files with the version. */
export interface ReleaseFiles {
  readonly "manifest.json": string;
  readonly "package.json": string;
  readonly "package-lock.json": string;
  readonly "CHANGELOG.md": string;
}

export interface ReleaseRequest {
  readonly version: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** Changed files: the lines of `git status --porcelain`. */
  readonly changed: readonly string[];
  readonly files: ReleaseFiles;
}

export type ReleasePlan = { readonly files: ReleaseFiles } | { readonly refused: string };

/** How often each file contains the version. package-lock.json has it once more, as that of the root package. */
const OCCURRENCES = { "manifest.json": 1, "package.json": 1, "package-lock.json": 2 } as const;
type Versioned = keyof typeof OCCURRENCES;
const VERSIONED = Object.keys(OCCURRENCES) as Versioned[];

const UNRELEASED = "## Unreleased";

/** The new texts of all files, or the first reason not to release. */
export function planRelease({ version, date, changed, files }: ReleaseRequest): ReleasePlan {
  if (changed.length > 0) return { refused: `These files are not committed:\n${changed.join("\n")}` };
  const next = parseVersion(version);
  if (next === null)
    return {
      refused: `${version} is no version that the stores take: three numbers up to 65535, such as 0.2.0, without a suffix.`,
    };
  if (!isDate(date)) return { refused: `${date} is no date: write it as 2026-01-31.` };
  const versions = VERSIONED.map((name) => ({ name, current: versionIn(files[name]) }));
  const current = versions[0]?.current ?? "";
  if (versions.some((each) => each.current !== current)) {
    const said = versions.map((each) => `${each.name} ${each.current ?? "none"}`).join(", ");
    return { refused: `The files don't agree on the present version: ${said}.` };
  }
  const before = parseVersion(current);
  if (before === null || compare(next, before) <= 0)
    return { refused: `${version} is not higher than the present version, ${current}.` };
  const changelog = releaseChangelog(files["CHANGELOG.md"], `## ${version} (${date})`);
  if (changelog === null)
    return { refused: `CHANGELOG.md has nothing under "${UNRELEASED}": say first what changed for users.` };
  const raised = (name: Versioned): string => raiseVersion(files[name], current, version, OCCURRENCES[name]);
  return {
    files: {
      "manifest.json": raised("manifest.json"),
      "package.json": raised("package.json"),
      "package-lock.json": raised("package-lock.json"),
      "CHANGELOG.md": changelog,
    },
  };
}

type Version = readonly [number, number, number];

/** Semantic versioning without suffixes, within the bounds that Chrome sets: null for anything else. */
function parseVersion(text: string): Version | null {
  const match = /^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$/.exec(text);
  if (!match) return null;
  const version: Version = [Number(match[1]), Number(match[2]), Number(match[3])];
  return version.every((number) => number <= 65_535) ? version : null;
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const VERSION_FIELD = /"version": "([^"]*)"/;

/** The first version in a JSON file, which is the project's own in all three files. */
function versionIn(json: string): string | undefined {
  return VERSION_FIELD.exec(json)?.[1];
}

/** Changes only the version, so that the files keep their formatting. */
function raiseVersion(json: string, from: string, to: string, occurrences: number): string {
  const field = `"version": "${from}"`;
  const parts = json.split(field);
  const head = parts.slice(0, occurrences + 1).join(`"version": "${to}"`);
  return [head, ...parts.slice(occurrences + 1)].join(field);
}

/** Renames "Unreleased" to the heading of the release, and adds a new one above it. null: there is nothing to release. */
function releaseChangelog(changelog: string, heading: string): string | null {
  const start = changelog.indexOf(`${UNRELEASED}\n`);
  if (start < 0) return null;
  const body = start + UNRELEASED.length;
  const end = changelog.indexOf("\n## ", body);
  const said = changelog.slice(body, end < 0 ? undefined : end).replace(/^#.*$/gm, "");
  if (said.trim() === "") return null;
  return `${changelog.slice(0, start)}${UNRELEASED}\n\n${heading}${changelog.slice(body)}`;
}
