/** What was recorded, as a test for Playwright: it runs as it is in a project that has the npm package `hubscope`. */
import { verdictOf } from "../../core/diagnosis/diagnose.ts";
import { looksLike } from "../../core/diagnosis/looks-like.ts";
import type { Trouble } from "../../core/diagnosis/hang.ts";
import { hubName } from "../../core/model/hub-name.ts";
import type { HubConnectionModel } from "../../core/model/types.ts";
import { originOf, pathOf } from "../../core/protocol/addresses.ts";
import { reproduce } from "../../core/reproduction/reproduce.ts";
import type { NotAgain, Place, ScenarioAgain, StartAgain } from "../../core/reproduction/reproduction.ts";
import { dateTime, duration, UTC } from "../../core/text/format.ts";
import { comment, literal, quoted, WIDTH } from "./literal.ts";

export type PlaywrightTest =
  { readonly ok: true; readonly text: string } | ({ readonly ok: false } & Omit<NotAgain, "kind">);

/** Of an interruption or a failed start of a reducer's model; a hang has none. */
export function playwrightTest(one: Trouble, hub: HubConnectionModel): PlaywrightTest {
  const again = reproduce(one);
  switch (again.kind) {
    case "none":
      return { ok: false, why: again.why, instead: again.instead };
    case "scenario":
      return { ok: true, text: join(surviving(again, one, hub)) };
    case "start":
      return { ok: true, text: join(starting(again, one, hub)) };
  }
}

const join = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

const IMPORT = 'import { expect, test } from "hubscope/playwright";';
const IN = "  ";

function surviving(again: ScenarioAgain, one: Trouble, hub: HubConnectionModel): string[] {
  const { scenario, causes, avoidable, hub: only } = again;
  return [
    IMPORT,
    "",
    ...recorded(one, hub, again, scenario.differs ?? []),
    ...assigned("const scenario", scenario),
    "",
    ...heading(`${hubName(hub)} survives: ${titleOf(one)}`),
    ...visit(again),
    "",
    ...comment("1. What the app should do. It is red until the app does it.", { indent: IN }),
    ...(only === null ? [] : [`${IN}const hub = ${hubAddress(only, again.page)};`]),
    `${IN}await expect.soft(page).toSurvive(scenario${only === null ? "" : ", { hub }"});`,
    "",
    ...comment(
      avoidable
        ? "2. What was lost, if anything, was lost as it was recorded: it looks the same to Hubscope, which doesn't look at its own faults here."
        : "2. Whether it was lost as it was recorded: it looks the same to Hubscope, which doesn't look at its own faults here.",
      { indent: IN },
    ),
    `${IN}const lost = await hubscope.interruptions();`,
    ...(avoidable ? forEach(causes) : containing(causes)),
    "});",
  ];
}

function heading(title: string): string[] {
  const before = `test(${quoted(title)}, async ({`;
  const line = `${before} page, hubscope }) => {`;
  return line.length <= WIDTH ? [line] : [before, `${IN}page,`, `${IN}hubscope,`, "}) => {"];
}

const LOOKS = "const causes = lost.map(({ looksLike }) => looksLike);";

const containing = (causes: readonly string[]): string[] => [
  IN + LOOKS,
  causes.length === 1
    ? `${IN}expect(causes).toContain(${quoted(causes[0] ?? "")});`
    : called(`${IN}expect(causes).toContainEqual(`, `expect.stringMatching(${oneOf(causes)})`),
];

const forEach = (causes: readonly string[]): string[] => [
  `${IN}for (const { looksLike } of lost) expect(looksLike).toMatch(${oneOf(causes)});`,
];

/** Names of causes are words with hyphens. */
const oneOf = (names: readonly string[]): string =>
  names.length === 1 ? `/^${names.join("")}$/` : `/^(${names.join("|")})$/`;

const called = (before: string, argument: string): string =>
  `${before}${argument});`.length <= WIDTH
    ? `${before}${argument});`
    : `${before}\n${IN}${IN}${argument},\n${IN});`;

function starting(again: StartAgain, one: Trouble, hub: HubConnectionModel): string[] {
  const { faults, obstacles, within, avoidable, title } = again;
  const names = oneOf(obstacles);
  return [
    IMPORT,
    "",
    ...recorded(one, hub, again, again.differs),
    ...heading(`${hubName(hub)} starts in spite of: ${title}`),
    `${IN}test.setTimeout(${literal(within + EXTRA, IN, 0)});`,
    ...comment("In effect before the page's own scripts.", { indent: IN }),
    ...faults.flatMap((fault) => {
      const before = `${IN}await hubscope.injectAtLoad(`;
      return `${before}${literal(fault, IN, before.length, 2)});`.split("\n");
    }),
    ...visit(again),
    "",
    ...comment(
      "1. The app tries again by itself, as automatic reconnect doesn't. It is red until the app does it.",
      { indent: IN },
    ),
    `${IN}await hubscope.connected({ within: ${literal(within, IN, 0)} });`,
    "",
    ...comment(
      avoidable
        ? "2. The start, if it failed, failed as it was recorded. A client that may use another transport doesn't fail."
        : "2. Whether it failed as it was recorded.",
      { indent: IN },
    ),
    `${IN}const lost = await hubscope.interruptions();`,
    ...(avoidable
      ? [
          `${IN}for (const { obstacle } of lost)`,
          called(`${IN}  expect(obstacle?.name).toMatch(`, names).replaceAll(`\n${IN}`, `\n${IN}${IN}`),
        ]
      : [
          `${IN}const obstacles = lost.map(({ obstacle }) => obstacle?.name);`,
          `${IN}expect(obstacles).toContain(${quoted(obstacles[0] ?? "")});`,
        ]),
    "});",
  ];
}

/** For opening the page and everything else. */
const EXTRA = 30_000;

const titleOf = (one: Trouble): string => (one.kind === "hang" ? verdictOf(one) : looksLike(one)).title;

/** In plain words: what it was, when, and how the test differs. */
function recorded(
  one: Trouble,
  hub: HubConnectionModel,
  { page }: Place,
  differs: readonly string[],
): string[] {
  const { confidence, obstacle } = verdictOf(one);
  const then =
    one.kind === "interruption" && obstacle ? ` The tries to reconnect ran into: "${obstacle.title}".` : "";
  const lasted = one.until === null ? "" : ` It lasted ${duration(one.until - one.from)}.`;
  const origin = originOf(page);
  return [
    ...comment(
      `Recorded with Hubscope on ${dateTime(one.from, UTC)} at ${hubName(hub)}: "${titleOf(one)}" (confidence: ${confidence}).${then}${lasted}`,
    ),
    ...(origin === ""
      ? []
      : comment(
          `The page was at ${origin} then. Set baseURL in playwright.config.ts to where it runs in tests.`,
        )),
    ...(/[?…]/.test(page)
      ? comment(
          "Parts of its address are not in recordings. Add what the page needs, and sign in first if it does.",
        )
      : []),
    ...(differs.length > 0
      ? ["// Different from what was recorded:", ...differs.flatMap((text) => comment(text, { mark: "- " }))]
      : []),
  ];
}

const visit = ({ page }: Place): string[] => {
  const before = `${IN}await page.goto(`;
  return [called(before, quoted(pathIn(page)))];
};

/** Relative to the tests' own address. More than one slash would be another host. */
const pathIn = (page: string): string => `/${cleanPath(page).replace(/^[/\\]+/, "")}`;

function cleanPath(page: string): string {
  try {
    return new URL(page).pathname;
  } catch {
    return "";
  }
}

/** A hub at the page's own address moves with it. */
const hubAddress = (hub: string, page: string): string =>
  originOf(hub) === originOf(page) && originOf(page) !== ""
    ? `new URL(${quoted(pathOf(hub))}, page.url()).href`
    : quoted(hub);

function assigned(before: string, value: object): string[] {
  return `${before} = ${literal(value, "", WIDTH)};`.split("\n");
}
