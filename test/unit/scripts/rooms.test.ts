/** Tests the plan of the rooms (folders), the graph that is drawn from it, and the lint rule that enforces it. */
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { readImports } from "../../../scripts/imports.ts";
import { roomImports } from "../../../scripts/room-imports.js";
import { heightOf, LOADED_LATER, mayImport, roomOf, ROOMS } from "../../../scripts/room-plan.js";
import { houseOf } from "../../../scripts/rooms.ts";

describe("the plan of the rooms", () => {
  it("lets no room import one that is above it", () => {
    const rooms = Object.keys(ROOMS);
    const up = rooms.flatMap((from) =>
      rooms
        .filter((to) => from !== to && mayImport(from, to) && heightOf(to) >= heightOf(from))
        .map((to) => `${from} -> ${to}`),
    );
    expect(up).toEqual([]);
  });

  it("assigns a file to the innermost room, and each view is a room of its own", () => {
    expect(roomOf("extension/core/protocol/messagepack/decode.ts")).toBe("extension/core/protocol");
    expect(roomOf("extension/core/units.ts")).toBe("extension/core");
    expect(roomOf("panel/views/calls/calls-pane.tsx")).toBe("panel/views/calls");
    expect(roomOf("test/run.ts")).toBeNull();
    expect(mayImport("panel/views/calls", "panel/views/messages")).toBe(false);
    expect(mayImport("panel/app", "panel/views/messages")).toBe(true);
  });
});

describe("the imports of a file", () => {
  it("are distinguished by whether they exist at run time", () => {
    const text = [
      'import { a, type B } from "./a.ts";',
      'import type { C } from "../c.ts";',
      'import { type D } from "./d.ts";',
      'export * from "./e.ts";',
      'export type { F } from "./f.ts";',
      'import "preact";',
      'const g = () => import("./g.ts");',
    ].join("\n");
    expect(readImports("x/y.ts", text).map(({ to, kind }) => `${to} ${kind}`)).toEqual([
      "x/a.ts values",
      "c.ts types",
      "x/d.ts types",
      "x/e.ts values",
      "x/f.ts types",
      "x/g.ts later",
    ]);
  });
});

describe("the graph of rooms", () => {
  const inModel = "extension/core/model/a.ts";
  const inDiagnosis = "extension/core/diagnosis/b.ts";
  const faultsOf = (...imports: readonly (readonly [string, string, "values" | "types" | "later"])[]) =>
    houseOf(
      [...new Set(imports.flatMap(([from, to]) => [from, to]))],
      imports.map(([from, to, kind]) => ({ from, to, kind })),
    ).faults.filter((fault) => !fault.startsWith("a room of the plan"));

  it("has an arrow up when the model imports the diagnosis, even if only types", () => {
    expect(faultsOf([inModel, inDiagnosis, "types"])).toEqual([
      `an arrow that the plan doesn't have: ${inModel} imports ${inDiagnosis}`,
    ]);
    expect(faultsOf([inDiagnosis, inModel, "values"])).toEqual([]);
  });

  it("has a circle if files import each other's values, and none if one imports only types", () => {
    const c = "extension/core/model/c.ts";
    expect(faultsOf([inModel, c, "values"], [c, inModel, "values"])).toEqual([
      `a circle of values: ${inModel} -> ${c} -> ${inModel}`,
    ]);
    expect(faultsOf([inModel, c, "values"], [c, inModel, "types"])).toEqual([]);
  });

  it("lets the panel load lazily what it may not import", () => {
    const file = "panel/timeline/timeline.tsx";
    expect(faultsOf([file, LOADED_LATER, "later"])).toEqual([]);
    expect(faultsOf([file, LOADED_LATER, "values"])).toHaveLength(1);
  });

  it("is drawn from the highest room to the lowest, each with its imports", () => {
    const { drawing } = houseOf([inModel, inDiagnosis], [{ from: inDiagnosis, to: inModel, kind: "types" }]);
    expect(drawing).toBe(
      "extension/core/diagnosis (1)\n  -> extension/core/model (types)\nextension/core/model (1)",
    );
  });
});

describe("the lint rule", () => {
  const lint = (filename: string, code: string): string[] =>
    new Linter()
      .verify(
        code,
        [
          {
            files: ["**/*.ts"],
            plugins: { hubscope: { rules: { "room-imports": roomImports } } },
            rules: { "hubscope/room-imports": "error" },
          },
        ],
        { filename },
      )
      .map(({ message }) => message.split(":")[0]!);

  it("names the two rooms of an import that goes up", () => {
    expect(lint("extension/core/model/x.ts", 'import "../diagnosis/judge.ts";')).toEqual([
      "extension/core/model may not import from extension/core/diagnosis",
    ]);
    expect(lint("panel/views/calls/x.ts", 'export * from "../messages/preview.ts";')).toEqual([
      "panel/views/calls may not import from panel/views/messages",
    ]);
  });

  it("allows no packages in the hook or the core", () => {
    expect(lint("content-script/hook/hook.ts", 'import "preact";')).toEqual([
      "content-script/hook carries no package",
    ]);
    expect(lint("panel/app/app.ts", 'import "preact";')).toEqual([]);
  });
});
