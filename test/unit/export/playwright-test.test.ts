import fc from "fast-check";
import * as prettier from "prettier";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { downtimesOf } from "../../../extension/core/model/downtimes-of.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { reproduce } from "../../../extension/core/reproduction/reproduce.ts";
import { playwrightTest } from "../../../extension/export/playwright/playwright-test.ts";
import { PLANTED } from "../../harness/planted-secrets.ts";
import { script } from "../core/event-script.ts";
import { keptDowntimes } from "../core/reproduction/kept.ts";
import { HOSTILE, hostile } from "../report/recordings.ts";
import { HOSTILE_TEXTS } from "./written.ts";

const textsOf = (model: RecordingModel): string[] =>
  model.hubs.flatMap((hub) =>
    downtimesOf(hub).flatMap((one) => {
      const test = playwrightTest(one, hub);
      return test.ok ? [test.text] : [];
    }),
  );

/** The kinds of its statements: hostile texts must not add any. */
const outlineOf = (text: string): string[] => {
  const source = ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest, true);
  const kinds: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStatement(node) && !ts.isBlock(node)) kinds.push(ts.SyntaxKind[node.kind]);
    if (ts.isCallExpression(node)) kinds.push(node.expression.getText().replace(/\(.*/s, ""));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return kinds;
};

/** What the test gives to `toSurvive`. */
function scenarioIn(text: string): unknown {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const require = (): object => ({ test: () => undefined, expect: () => undefined });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- it is our own text
  return new Function("require", "exports", `${outputText}; return scenario;`)(require, {}) as unknown;
}

/** A connection that the server has closed with this text, on a page at this address. */
const closedWith = (error: string, url = "https://board.example/board"): RecordingModel => {
  const events = script().connected();
  const [page] = events.events;
  if (page) Object.assign(page, { url });
  return events
    .at(5_000)
    .message({ socket: 1, direction: "in", type: 7, allowReconnect: true, error })
    .closed(1, 1000)
    .state("Connected", "Reconnecting")
    .reduce();
};

/** One of each cause and obstacle. Read here, as it takes a while. */
const keptTexts = new Map(
  keptDowntimes("causes", ".chromium.").flatMap(({ one, hub }) => {
    const test = playwrightTest(one, hub);
    const { cause, obstacle } = verdictOf(one);
    return test.ok ? [[`${cause} ${obstacle?.name ?? ""}`, test.text] as const] : [];
  }),
);

describe("the text of a test", () => {
  it("is as Prettier writes it, of a kept recording of each cause and obstacle", async () => {
    expect(keptTexts.size).toBeGreaterThan(25);
    for (const text of keptTexts.values())
      expect(await prettier.format(text, { parser: "typescript" })).toBe(text);
  });

  it("says what was recorded, and holds its scenario", () => {
    const model = closedWith("Maintenance");
    const [text = ""] = textsOf(model);
    const [one] = model.hubs.flatMap(downtimesOf);
    const again = one && reproduce(one);
    expect(scenarioIn(text)).toEqual(again?.kind === "scenario" ? again.scenario : null);
    expect(text.slice(0, text.indexOf("const scenario"))).toMatchInlineSnapshot(`
      "import { expect, test } from "hubscope/playwright";

      // Recorded with Hubscope on 2026-11-24 10:00:05 +00:00 at /hubs/board: "The
      // server closed the connection and allows a reconnect" (confidence: high).
      // The page was at https://board.example then. Set baseURL in
      // playwright.config.ts to where it runs in tests.
      "
    `);
    expect(text.slice(text.indexOf("\ntest("))).toMatchInlineSnapshot(`
      "
      test("/hubs/board survives: The server closed the connection and allows a reconnect", async ({
        page,
        hubscope,
      }) => {
        await page.goto("/board");

        // 1. What the app should do. It is red until the app does it.
        await expect.soft(page).toSurvive(scenario);

        // 2. Whether it was lost as it was recorded: it looks the same to Hubscope,
        // which doesn't look at its own faults here.
        const lost = await hubscope.interruptions();
        const causes = lost.map(({ looksLike }) => looksLike);
        expect(causes).toContain("server-close");
      });
      "
    `);
  });

  it("names the hub where the page has several", () => {
    const events = script().connected();
    events.add({
      ...{ kind: "hub", hub: 2, url: "https://board.example/hubs/chat", hasReconnectPolicy: true },
      ...{ serverTimeout: 30_000, keepAliveInterval: 15_000 },
    });
    const [text] = textsOf(events.at(5_000).closed(1).state("Connected", "Reconnecting").reduce());
    expect(text).toContain('const hub = new URL("/hubs/board", page.url()).href;');
    expect(text).toContain("toSurvive(scenario, { hub });");
  });

  it("opens the page by its path, at no other host, and without its query", () => {
    const opened = (url: string): string | undefined =>
      textsOf(closedWith("x", url))
        .join("")
        .match(/page\.goto\((.*)\);/)?.[1];
    expect(opened("https://board.example/board?user=…#top")).toBe('"/board"');
    expect(opened("https://board.example//evil.example/board")).toBe('"/evil.example/board"');
    expect(opened("https://board.example/\\\\evil.example")).toBe('"/evil.example"');
    expect(opened("no address")).toBe('"/"');
  });

  it("is still that test, whatever a page or a server has written", async () => {
    const plain = outlineOf(textsOf(closedWith("x"))[0] ?? "");
    const texts = [
      ...HOSTILE_TEXTS,
      HOSTILE,
      "*/ }); process.exit(); /*",
      "${process.exit()} `",
      '"); process.exit(); ("',
      "'); \\",
      "\u2028process.exit();\u2029\r\nprocess.exit()",
    ];
    for (const error of texts.filter((text) => text !== "")) {
      const [text = ""] = textsOf(closedWith(error));
      expect(outlineOf(text), error).toEqual(plain);
      expect(await prettier.format(text, { parser: "typescript" })).toBe(text);
    }
    for (const text of textsOf(hostile().reduce())) expect(outlineOf(text).join()).not.toMatch(/exit|alert/);
  });

  it("is still that test with any text", () => {
    const plain = outlineOf(textsOf(closedWith("x"))[0] ?? "");
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (error) => {
        expect(outlineOf(textsOf(closedWith(error))[0] ?? "")).toEqual(plain);
      }),
      { numRuns: 15 },
    );
  });

  it("has no secret in it", () => {
    for (const { text, secret } of PLANTED) {
      const texts = textsOf(closedWith(text, `https://board.example/board?${text}`));
      expect(texts).toHaveLength(1);
      expect(texts[0]).not.toContain(secret);
    }
  });
});
