/** Names of methods come from a page or a server: in a finding they stay names, in a snippet strings. */
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { locationOf, named, quoted } from "../../../../extension/core/diagnosis/findings/named.ts";
import { answer, life } from "./app-life.ts";

const HOSTILE = `"); fetch("https://evil.example"); ("\n\u202e</script><img src=x onerror=alert(1)>`;

/** The texts of all strings in the code. */
function stringsIn(code: string): string[] {
  const source = ts.createSourceFile("a.ts", code, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) found.push(node.text);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

describe("names in findings", () => {
  it("can't get out of a string, whatever they are", () => {
    // Read as one file: the compiler is slow to start.
    const names = fc.sample(fc.string({ unit: "binary", maxLength: 60 }), 300);
    const code = names.map((name) => `invoke(${quoted(name)});`).join("\n");
    expect(stringsIn(code)).toEqual(names);
  });

  it("stay short, and without characters that hide others", () => {
    expect(named("x".repeat(10_000)).length).toBeLessThan(100);
    expect(quoted("x".repeat(10_000)).length).toBeLessThan(100);
    expect(named(HOSTILE)).not.toContain("\u202e");
  });

  it("can't end a location of nginx", () => {
    expect(locationOf("/hubs/board")).toBe("/hubs/board");
    expect(locationOf("/a;} server {")).toBe('"/a;} server {"');
    expect(locationOf(undefined)).toBe("/hub");
  });

  it("are strings in the snippets of lost calls, groups, handlers and polling", () => {
    const events = life().call(100, HOSTILE, "a").call(4_900, HOSTILE, "b", null).outage(5_000, [0]);
    events
      .at(5_100)
      .add({ kind: "app-mistake", hub: 1, mistake: "handlers-doubled", target: HOSTILE, count: 2 });
    for (let i = 0; i < 15; i++) {
      events.call(20_000 + i * 1_000, HOSTILE, String(i));
      Object.assign(events.events.at(-1) ?? {}, { size: 400 });
    }
    for (const id of ["calls-lost", "calls-not-repeated", "handlers-doubled", "polling-over-hub"] as const) {
      const given = answer(id, events);
      if (given.answer !== "found") throw new Error(`${id}: ${given.say}`);
      const code = given.changes.flatMap(({ snippet }) => (snippet?.language === "ts" ? [snippet.code] : []));
      for (const text of code) {
        expect(stringsIn(text).some((one) => one.startsWith(HOSTILE.slice(0, 30)))).toBe(true);
        expect(stringsIn(text)).not.toContain("https://evil.example");
      }
      expect(given.say).not.toContain("\u202e");
    }
  });
});
