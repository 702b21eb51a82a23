/**
 * The rooms of the source, from the lowest to the highest, and what each may import. `scripts/room-imports.js` is the lint rule
 * for it; `scripts/rooms.ts` draws it and searches for circles.
 */

const CORE = "extension/core/**";

/**
 * A room is a folder with all that is in it, except for rooms of their own inside. `x/*` is one room for each folder in x.
 * In what a room may import, `x/**` is every room in x, and x itself.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const ROOMS = {
  // Pure: no browser API, no clock, no randomness.
  "extension/core": [],
  "extension/core/text": ["extension/core"],
  "extension/core/protocol": ["extension/core"],
  "extension/core/redaction": ["extension/core", "extension/core/protocol"],
  "extension/core/faults": ["extension/core"],
  "extension/core/events": [
    "extension/core",
    "extension/core/text",
    "extension/core/protocol",
    "extension/core/redaction",
    "extension/core/faults",
  ],
  "extension/core/columns": ["extension/core", "extension/core/events"],
  "extension/core/model": [
    "extension/core",
    "extension/core/protocol",
    "extension/core/faults",
    "extension/core/events",
    "extension/core/columns",
  ],
  "extension/core/diagnosis": [
    "extension/core",
    "extension/core/text",
    "extension/core/protocol",
    "extension/core/faults",
    "extension/core/events",
    "extension/core/model",
  ],
  "extension/core/scenarios": [
    "extension/core",
    "extension/core/text",
    "extension/core/protocol",
    "extension/core/redaction",
    "extension/core/faults",
    "extension/core/events",
    "extension/core/model",
  ],
  "extension/core/diagnosis/findings": [
    "extension/core",
    "extension/core/text",
    "extension/core/protocol",
    "extension/core/faults",
    "extension/core/events",
    "extension/core/model",
    "extension/core/diagnosis",
    "extension/core/scenarios",
  ],
  "extension/core/reproduction": [
    "extension/core",
    "extension/core/text",
    "extension/core/protocol",
    "extension/core/faults",
    "extension/core/model",
    "extension/core/diagnosis",
    "extension/core/scenarios",
  ],
  "extension/core/doctor": [
    "extension/core",
    "extension/core/text",
    "extension/core/protocol",
    "extension/core/events",
    "extension/core/model",
  ],
  "extension/core/herd": ["extension/core", "extension/core/faults", "extension/core/model"],
  "extension/core/har": [
    "extension/core",
    "extension/core/text",
    "extension/core/protocol",
    "extension/core/redaction",
    "extension/core/events",
  ],
  "extension/core/recording": [
    "extension/core",
    "extension/core/text",
    "extension/core/redaction",
    "extension/core/events",
    "extension/core/scenarios",
  ],
  "extension/core/other-tools": [
    "extension/core",
    "extension/core/text",
    "extension/core/protocol",
    "extension/core/redaction",
    "extension/core/events",
    "extension/core/har",
    "extension/core/recording",
  ],
  "extension/core/analysis": [
    "extension/core",
    "extension/core/model",
    "extension/core/diagnosis",
    "extension/core/diagnosis/findings",
    "extension/core/scenarios",
  ],
  "extension/wording": [CORE],
  // The page build and the monitor have it in pages.
  "extension/otlp": [CORE, "extension/wording"],
  // What the panel and the report both show: components that are given all they need.
  "panel/content": [CORE, "extension/wording"],
  "extension/report": [CORE, "extension/wording", "panel/content"],

  "extension/export": [CORE, "extension/wording", "extension/otlp", "extension/report"],

  "extension/messages": ["extension/core", "extension/core/faults", "extension/core/events"],
  "extension/store": [
    "extension/core",
    "extension/core/events",
    "extension/core/columns",
    "extension/core/scenarios",
  ],
  "extension/background": [CORE, "extension/messages", "extension/store"],
  "extension/devtools": [CORE, "extension/messages"],
  "extension/popup": [CORE, "extension/messages", "extension/store"],
  "extension/waiting": ["extension/core/faults"],

  // In every page, so it is small. Knows nothing of SignalR but its signs.
  "content-script/sentinel/platform": ["extension/core"],
  "content-script/sentinel": [CORE, "extension/messages", "content-script/sentinel/platform"],
  // The other half, in the extension's own world.
  "content-script/wake": ["extension/core", "extension/messages"],

  // Its script runs after page scripts: it gets the browser's functions from the sentinel (shared-with-hook.ts).
  "content-script/hook/platform": ["extension/core", "content-script/sentinel"],
  "content-script/hook/record": [
    CORE,
    "extension/messages",
    "content-script/sentinel",
    "content-script/hook/platform",
  ],
  "content-script/hook/transport": [
    CORE,
    "extension/messages",
    "content-script/sentinel",
    "content-script/hook/platform",
    "content-script/hook/record",
  ],
  "content-script/hook/client": [
    CORE,
    "content-script/sentinel",
    "content-script/hook/platform",
    "content-script/hook/record",
  ],
  "content-script/hook/page": [
    CORE,
    "extension/messages",
    "content-script/sentinel",
    "content-script/hook/platform",
    "content-script/hook/record",
  ],
  "content-script/hook/patch": [
    CORE,
    "content-script/sentinel",
    "content-script/hook/platform",
    "content-script/hook/transport",
  ],
  "content-script/hook": [CORE, "extension/messages", "content-script/sentinel", "content-script/hook/**"],
  // Its script runs after page scripts: it gets the browser's functions from the hook (shared-with-tools.ts).
  "content-script/faults": [
    CORE,
    "extension/messages",
    "content-script/hook",
    "content-script/hook/transport",
  ],
  // The same. It has the real @microsoft/signalr client in it.
  "content-script/doctor": [
    CORE,
    "extension/messages",
    "content-script/sentinel",
    "content-script/hook",
    "content-script/hook/transport",
  ],
  // It runs in another world than the hook: the two share only messages.
  "content-script/relay": [CORE, "extension/messages"],
  // Sentinel and hook in one, in front of a worker's own script.
  "content-script/worker": [
    CORE,
    "extension/messages",
    "content-script/sentinel",
    "content-script/sentinel/platform",
    "content-script/hook/**",
  ],
  "content-script/page-build": [
    CORE,
    "extension/otlp",
    "extension/messages",
    "content-script/sentinel/**",
    "content-script/hook/**",
    "content-script/faults",
    "content-script/doctor",
  ],
  // For production: the page's own scripts load it. Its build puts other modules in the place of some of the hook's and the core's.
  "content-script/monitor": [
    CORE,
    "extension/messages",
    "extension/otlp",
    "content-script/sentinel/**",
    "content-script/hook/**",
  ],

  // What others import from the npm package, and the command line in it. Both run in Node.
  "extension/npm": [
    CORE,
    "extension/wording",
    "extension/otlp",
    "extension/export",
    "content-script/page-build",
  ],
  "extension/cli": [
    CORE,
    "extension/wording",
    "extension/otlp",
    "extension/report",
    "extension/export",
    "extension/npm",
  ],

  "panel/state": [
    CORE,
    "extension/wording",
    "extension/report",
    "extension/export",
    "extension/messages",
    "extension/store",
  ],
  "panel/components": [CORE, "extension/wording", "panel/content", "panel/state"],
  "panel/timeline": [CORE, "extension/wording", "panel/content", "panel/state", "panel/components"],
  // No view imports another one.
  "panel/views/*": [
    CORE,
    "extension/wording",
    "extension/report",
    "extension/export",
    "panel/content",
    "panel/state",
    "panel/components",
    "panel/timeline",
  ],
  "panel/app": [
    CORE,
    "extension/wording",
    "extension/export",
    "panel/content",
    "panel/state",
    "panel/components",
    "panel/timeline",
    "panel/views/**",
  ],
  // The panel as a plain page, for development.
  "panel/fixture": [CORE],
  panel: [CORE, "panel/state", "panel/app", "panel/fixture"],
};

/** Rooms that may import packages. Not the hook, which runs in every page, nor the pure core. */
const WITH_PACKAGES = [
  "extension/report",
  "extension/export",
  "extension/npm",
  "extension/cli",
  "extension/store",
  "extension/background",
  "extension/devtools",
  "extension/popup",
  "content-script/relay",
  "content-script/wake",
  "content-script/doctor",
  "panel/content",
  "panel/state",
  "panel/components",
  "panel/timeline",
  "panel/views/*",
  "panel/app",
  "panel",
];

/** Any room of the panel may load this by `import()`: it is loaded later, so it doesn't break the order of rooms. */
export const LOADED_LATER = "panel/app/deferred-panes.ts";

/**
 * @param {string} file its path in the project
 * @returns {string | null} the name of its room in ROOMS, with the folder's own name in place of a star; null: it is in none
 */
export function roomOf(file) {
  const folders = file.split("/").slice(0, -1);
  for (let depth = folders.length; depth > 0; depth--) {
    const folder = folders.slice(0, depth).join("/");
    if (planned(folder) !== null) return folder;
  }
  return null;
}

/** @type {(room: string) => string | null} */
const planned = (room) => {
  if (Object.hasOwn(ROOMS, room)) return room;
  const any = room.replace(/[^/]+$/, "*");
  return Object.hasOwn(ROOMS, any) ? any : null;
};

/**
 * @param {string} from a room
 * @param {string} to a room
 */
export function mayImport(from, to) {
  const allowed = ROOMS[planned(from) ?? ""] ?? [];
  return from === to || allowed.some((one) => covers(one, to));
}

/** @type {(pattern: string, room: string) => boolean} */
const covers = (pattern, room) => {
  if (!pattern.endsWith("/**")) return pattern === room;
  const folder = pattern.slice(0, -3);
  return room === folder || room.startsWith(`${folder}/`);
};

/** @param {string} room */
export const mayImportPackages = (room) => WITH_PACKAGES.includes(planned(room) ?? "");

/** How high a room is: the lowest is 0. @param {string} room */
export const heightOf = (room) => Object.keys(ROOMS).indexOf(planned(room) ?? "");
