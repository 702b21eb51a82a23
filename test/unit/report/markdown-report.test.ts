import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { describe, expect, it } from "vitest";
import { FINDINGS } from "../../../extension/core/diagnosis/findings/registry.ts";
import { code, prose } from "../../../extension/report/markdown.ts";
import { markdownReport, MOST_CHARACTERS } from "../../../extension/report/markdown-report.ts";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { manyRecording } from "../../../panel/fixture/many.ts";
import { START } from "../core/event-script.ts";
import { facts, hostile, HOSTILE, KEPT, lost, modelOf } from "./recordings.ts";

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly depth?: number;
  readonly children?: readonly Node[];
}

const reader = remark().use(remarkGfm);
const read = (text: string): Node => reader.parse(text);
const all = (node: Node, type: string): Node[] => [
  ...(node.type === type ? [node] : []),
  ...(node.children ?? []).flatMap((child) => all(child, type)),
];
const words = (node: Node): string => node.value ?? (node.children ?? []).map(words).join("");
const report = (model: ReturnType<typeof modelOf>): string => markdownReport(facts(model));

/** Only what the writer itself means as HTML. */
const OWN_HTML = /^(?:<details>\n<summary>[^\n]*<\/summary>|<\/details>|<summary>|<\/summary>|<details>)$/;
const LINKS = new Set(Object.values(FINDINGS).map(({ link }) => link));

function expectSound(text: string): Node {
  const tree = read(text);
  expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  for (const { value = "" } of all(tree, "html")) expect(value).toMatch(OWN_HTML);
  const folds = (sign: string): number =>
    all(tree, "html").filter(({ value = "" }) => value.includes(sign)).length;
  expect(folds("<details>")).toBe(folds("</details>"));
  for (const { url = "" } of all(tree, "link")) expect(LINKS).toContain(url);
  for (const unwanted of ["image", "imageReference", "linkReference", "definition", "footnoteReference"])
    expect(all(tree, unwanted)).toEqual([]);
  for (const one of all(tree, "table")) {
    const [head, ...rows] = one.children ?? [];
    for (const row of rows) expect(row.children?.length).toBe(head?.children?.length);
  }
  // Nobody is mentioned, and nothing is linked: names are code, and in sentences the signs stand apart.
  for (const { value = "" } of all(tree, "text")) expect(value).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\.\w/i);
  return tree;
}

describe("the report in Markdown", () => {
  it("has the parts that an issue needs, as headings, tables and folded details", () => {
    const tree = expectSound(report(modelOf(boardRecording(START))));
    expect(all(tree, "heading").map((node) => `${node.depth} ${words(node)}`)).toEqual([
      "2 SignalR connection report",
      "3 Availability",
      "3 Interruptions",
      "3 Findings",
    ]);
    const heads = all(tree, "table").map((one) => words(one.children?.[0] ?? one));
    expect(heads.slice(0, 2)).toEqual([
      "ConnectionInterruptionsWithout a connectionLongestAvailable",
      "TimeConnectionOutcomeCauseImpact",
    ]);
    expect(all(tree, "table")[1]?.children).toHaveLength(6);
    expect(heads.filter((head) => head.startsWith("Time (UTC)"))).toHaveLength(1);
    // The writer's HTML is on lines of its own, so what is inside is Markdown.
    expect(all(tree, "code").length).toBeGreaterThan(0);
    expect(all(tree, "inlineCode").map(words)).toContain("/hubs/board");
  });

  it.each(KEPT)("leaves nothing out of %s, and is what was meant", (_, recording) => {
    const text = report(recording());
    expectSound(text);
    expect(text).not.toContain("Left out");
  });

  it("names the hub's host for the server's logs, and its address", () => {
    const text = report(lost(1).reduce());
    expect(text).toContain("UTC | `board.example` | `/hubs/board` | WebSocket closed");
    expect(text).toContain("| `/hubs/board` | `https://board.example/hubs/board` |");
  });

  it("takes texts of pages and servers for texts", () => {
    const tree = expectSound(report(hostile().reduce()));
    expect(all(tree, "strong").map(words)).not.toContain("bold");
    expect(all(tree, "emphasis").map(words)).not.toContain("em");
    expect(all(tree, "delete")).toEqual([]);
    const shown = all(tree, "inlineCode").map(words).join("\n");
    expect(shown).toContain("</pre></details><script>alert(1)</script>");
    expect(shown).toContain("\\u202Egpj.exe\\u0000");
  });

  it.each([
    ["interruptions", () => lost(600).reduce()],
    ["connections", () => modelOf(manyRecording(START, 80))],
    ["long texts", () => hostile(HOSTILE.repeat(1_000)).reduce()],
  ])("fits into an issue, however many %s there are", (_, model) => {
    expectSound(report(model()));
  });

  it("says what it left out", () => {
    expect(report(lost(60).reduce())).toContain("10 more interruptions, not shown.");
    const full = report(modelOf(...Array.from({ length: 25 }, () => hostile(HOSTILE.repeat(9)).events)));
    expect(full).toMatch(
      /_Left out, as an issue of GitHub has no room for it: .*The HTML report has more\._/,
    );
  });
});

describe("texts in Markdown", () => {
  const shown = (text: string): string => words(read(text)).replaceAll("\u200b", "");

  it.each([
    ..."\\ ` * _ [ ] < > | ~ $ & # + - = ! : @".split(" "),
    HOSTILE,
    "1. one",
    "- one",
    "# one",
    "a\\|b",
    "``",
    "`a\\",
    "x".repeat(500),
  ])("shows %j as it is, in a sentence and as code", (text) => {
    const plain = text.replace("\u202e", "\\u202E").replace("\u0000", "\\u0000").replace("\u2066", "\\u2066");
    expect(shown(prose(text))).toBe(plain);
    const cell = read(`| a | b |\n| --- | --- |\n| ${code(text)} | ${prose(text)} |`);
    const cells = all(cell, "tableCell")
      .slice(2)
      .map((one) => words(one).replaceAll("\u200b", ""));
    expect(cells).toEqual([plain.replaceAll("\\|", "\\ |"), plain]);
  });

  it("leaves figures at the beginning as they are, and takes the sense of a number in a list", () => {
    expect(prose("4.1 s without a connection")).toBe("4.1 s without a connection");
    expect(prose("10.0.11")).toBe("10.0.11");
    for (const text of ["1. one", "1) one", "1."]) {
      expect(all(read(prose(text)), "list")).toEqual([]);
      expect(prose(text)).not.toBe(text);
    }
  });
});
