/**
 * `npm run rooms`: the rooms of the source from the highest to the lowest, and what each imports. Fails on an import of a
 * higher room, on a circle of files that import each other's values, and on planned rooms that don't exist.
 */
import { execFileSync } from "node:child_process";
import { importsOf, type Import } from "./imports.ts";
import { isMain, projectRoot } from "./paths.ts";
import { heightOf, LOADED_LATER, mayImport, roomOf, ROOMS } from "./room-plan.js";

export interface House {
  /** The graph as text. */
  readonly drawing: string;
  /** What is wrong, a sentence each. */
  readonly faults: readonly string[];
  readonly summary: string;
}

export async function readHouse(root = projectRoot): Promise<House> {
  const files = sourceFiles(root);
  return houseOf(files, await importsOf(root, files));
}

export function houseOf(files: readonly string[], imports: readonly Import[]): House {
  const rooms = [...new Set(files.map((file) => roomOf(file)))].filter((room) => room !== null);
  rooms.sort((a, b) => heightOf(b) - heightOf(a) || a.localeCompare(b));
  const arrows = imports.flatMap((one) => {
    const [from, to] = [roomOf(one.from), roomOf(one.to)];
    return from === null || to === null || from === to ? [] : [{ ...one, rooms: [from, to] as const }];
  });
  const up = arrows.filter(({ rooms: [from, to], to: target, kind }) => {
    if (kind === "later" && target === LOADED_LATER && from.startsWith("panel/")) return false;
    return heightOf(to) >= heightOf(from) || !mayImport(from, to);
  });
  const circles = circlesOf(imports.filter(({ kind }) => kind === "values"));
  const lines = rooms.map((room) => {
    const own = files.filter((file) => roomOf(file) === room).length;
    return `${room} (${own})${targetsOf(room, arrows)}`;
  });
  return {
    drawing: lines.join("\n"),
    faults: [
      ...up.map(({ from, to }) => `an arrow that the plan doesn't have: ${from} imports ${to}`),
      ...circles.map((circle) => `a circle of values: ${circle.join(" -> ")}`),
      ...files.filter((file) => roomOf(file) === null).map((file) => `in no room: ${file}`),
      ...emptyRooms(rooms),
    ],
    summary: `${rooms.length} rooms, ${new Set(arrows.map(({ rooms: pair }) => pair.join(" "))).size} arrows, ${up.length} up, ${circles.length} circles of values`,
  };
}

/** " -> a, b (types)": rooms of which only types are imported are marked, as they add no code. */
function targetsOf(
  room: string,
  arrows: readonly { readonly rooms: readonly [string, string]; readonly kind: Import["kind"] }[],
): string {
  const kinds = new Map<string, Set<Import["kind"]>>();
  for (const { rooms, kind } of arrows)
    if (rooms[0] === room) kinds.set(rooms[1], (kinds.get(rooms[1]) ?? new Set()).add(kind));
  const targets = [...kinds]
    .sort(([a], [b]) => heightOf(b) - heightOf(a))
    .map(([target, own]) => {
      if (own.has("values")) return target;
      return `${target} (${own.has("later") ? "later" : "types"})`;
    });
  return targets.length === 0 ? "" : `\n  -> ${targets.join(", ")}`;
}

const emptyRooms = (rooms: readonly string[]): string[] =>
  Object.keys(ROOMS)
    .filter((planned) => !rooms.some((room) => heightOf(room) === heightOf(planned)))
    .map((planned) => `a room of the plan without a file: ${planned}`);

/** Circles of files, each once, by depth-first search. */
export function circlesOf(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[][] = [];
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) circles.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) walk(file, []);
  return circles;
}

/** Files that are tracked by git, or not ignored. */
const sourceFiles = (root: string): string[] =>
  execFileSync(
    "git",
    ["ls-files", "-co", "--exclude-standard", "--deduplicate", "extension", "content-script", "panel"],
    {
      cwd: root,
      encoding: "utf8",
    },
  )
    .split("\n")
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts"));

if (isMain(import.meta.url)) {
  const { drawing, faults, summary } = await readHouse();
  console.log(`${drawing}\n\n${[summary, ...faults].join("\n")}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
