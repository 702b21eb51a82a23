// @vitest-environment happy-dom
import { fireEvent, waitFor } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { EXPORT_FORMATS } from "../../../extension/export/export-formats.ts";
import { exportContents } from "../../../panel/state/export-contents.ts";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { START, panelBench } from "./panel-bench.tsx";

const bench = panelBench();

describe("exporting", () => {
  it("leaves payloads out of each export, from the menu too, once that is chosen", async () => {
    const view = await bench.openBoard();
    const asked = vi.spyOn(bench.source, "export").mockRejectedValue(new Error("not written"));
    const fromMenu = async (): Promise<string | null> => {
      fireEvent.click(view.getByTestId("export-menu"));
      const item = await view.findByTestId("export-json");
      const { textContent } = item;
      fireEvent.click(item);
      return textContent;
    };
    expect(await fromMenu()).not.toContain("without payloads");
    fireEvent.click(view.getByTestId("tab-report"));
    const choice = async () => (await view.findByTestId("report-payloads")) as HTMLInputElement;
    fireEvent.click(await choice());
    fireEvent.click(view.getByTestId("tab-calls"));
    await waitFor(() => {
      expect(view.queryByTestId("report-payloads")).toBeNull();
    });
    expect(await fromMenu()).toContain("Recording, without payloads");
    fireEvent.click(view.getByTestId("tab-report"));
    expect((await choice()).checked).toBe(false);
    await waitFor(() => {
      expect(asked.mock.calls.map(([, , contents]) => contents)).toEqual([
        { payloads: true, isOpen: true },
        { payloads: false, isOpen: true },
      ]);
    });
  });

  it("offers each format on its tab", async () => {
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("tab-report"));
    for (const { kind } of EXPORT_FORMATS) await view.findByTestId(`report-${kind.replaceAll(".", "-")}`);
  });

  it("takes the part that the timeline shows, from the menu too, once that is chosen", async () => {
    const view = await bench.openBoard();
    const asked = vi.spyOn(bench.source, "export").mockRejectedValue(new Error("not written"));
    fireEvent.click(view.getByTestId("tab-report"));
    const part = (await view.findByTestId("export-part")) as HTMLInputElement;
    // The timeline shows everything.
    expect(part.disabled).toBe(true);
    const { from, to } = bench.state.view.extent.value;
    const range = { from: from + (to - from) / 4, to: from + (to - from) / 2 };
    bench.state.view.set(range);
    await waitFor(() => {
      expect(part.disabled).toBe(false);
    });
    fireEvent.click(view.getByTestId("report-json"));
    fireEvent.click(part);
    fireEvent.click(view.getByTestId("report-json"));
    fireEvent.click(view.getByTestId("export-menu"));
    fireEvent.click(await view.findByTestId("export-html"));
    await waitFor(() => {
      expect(asked.mock.calls.map(([, , contents]) => contents.range)).toEqual([undefined, range, range]);
    });
  });

  it("writes that part only", async () => {
    await bench.openBoard();
    const { from, to } = bench.state.view.extent.value;
    const range = { from: from + (to - from) / 2, to };
    const written = async (contents: object) =>
      (await bench.state.transfer.text("json", { payloads: false, ...contents })) ?? "";
    const whole = JSON.parse(await written({})) as { pages: { events: { t: number }[] }[] };
    const part = JSON.parse(await written({ range })) as typeof whole;
    expect(whole.pages[0]?.events[0]?.t).toBeLessThan(range.from);
    expect(part.pages[0]?.events[0]).toMatchObject({ kind: "page", t: range.from, midway: true });
    expect(part.pages[0]?.events.at(-1)?.t).toBeLessThanOrEqual(to);
  });

  it("shows what leaves, and what is different once something is replaced", async () => {
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("tab-report"));
    const look = await view.findByTestId("export-inspect");
    const rowOf = async (kind: string): Promise<string> =>
      [...(await view.findByTestId("inventory")).querySelectorAll("tr")].find(({ textContent }) =>
        textContent.startsWith(kind),
      )?.textContent ?? "";
    fireEvent.click(look);
    expect(await rowOf("Hosts")).toContain("board.example");
    expect(await rowOf("Message payloads")).not.toBe("");
    fireEvent.click(view.getByTestId("mask-hosts"));
    fireEvent.click(view.getByTestId("report-payloads"));
    expect(view.container.textContent).toContain("The contents have changed since");
    fireEvent.click(look);
    await waitFor(async () => {
      expect(await rowOf("Hosts")).toContain("host-1.example");
    });
    expect(await rowOf("Hosts")).not.toContain("board.example");
    expect(await rowOf("Message payloads")).toBe("");
    const text = await bench.state.transfer.text("json", exportContents(bench.state));
    expect(text).toContain("host-1.example");
    expect(text).not.toContain("board.example");
  });

  it("says which path is wrong, and uses the others", async () => {
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("tab-report"));
    const field = await view.findByTestId("mask-fields");
    fireEvent.input(field, { target: { value: "$.arguments[*]\narguments" } });
    expect((await view.findByRole("alert")).textContent).toContain("arguments");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(bench.state.masks.value.fields).toEqual(["$.arguments[*]"]);
    const text = (await bench.state.transfer.text("json", exportContents(bench.state))) ?? "";
    expect(text).toContain('\\"arguments\\":[\\"…\\"');
  });
});

describe("comparing", () => {
  it("puts the older recording first, and says what is worse", async () => {
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("tab-report"));
    await view.findByTestId("export-inspect");
    expect(view.container.textContent).toContain("There is no other one.");
    // An hour earlier, without the interruptions.
    const calm = boardRecording(START - 3_600_000).filter(({ t }) => t < START - 3_600_000 + 20_000);
    bench.source.append("calm", calm, { startedAt: START - 3_600_000, tabId: 99 });
    const choice = (await view.findByTestId("compare-with")) as HTMLSelectElement;
    fireEvent.change(choice, { target: { value: "calm" } });
    const result = await view.findByTestId("comparison");
    const rowOf = (name: string): string[] =>
      [...result.querySelectorAll("tr")]
        .map((row) => [...row.children].map(({ textContent }) => textContent))
        .find(([first]) => first === name) ?? [];
    const [, before, after] = rowOf("Interruptions");
    expect(Number(before)).toBeLessThan(Number(after));
    expect(result.textContent).toMatch(/Before: .*After: /);
    fireEvent.change(choice, { target: { value: "" } });
    await waitFor(() => {
      expect(view.queryByTestId("comparison")).toBeNull();
    });
  });
});
