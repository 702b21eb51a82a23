// @vitest-environment happy-dom
import { fireEvent, waitFor, within, type RenderResult } from "@testing-library/preact";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { BUILT_IN_SCENARIOS } from "../../../extension/core/scenarios/built-ins.ts";
import type { Scenario } from "../../../extension/core/scenarios/scenario.ts";
import { readScorecard } from "../../../extension/core/scenarios/read-scorecard.ts";
import { UNWATCHED } from "../fakes/unwatched.ts";
import { panelBench } from "./panel-bench.tsx";
import { ScriptedTab } from "./scripted-tab.ts";

const bench = panelBench();

const LOSS: Scenario = {
  scenario: 1,
  name: "own-loss",
  title: "A loss of my own",
  say: "The server says goodbye.",
  steps: [
    { do: "inject", fault: { name: "server-close", allowReconnect: true } },
    { do: "wait", for: "disconnected", limit: 5_000 },
    { do: "wait", for: "settled", limit: 60_000 },
    { do: "expect", that: "recovered", within: 5_000 },
  ],
};

let scripted: ScriptedTab;

beforeEach(async () => {
  scripted = new ScriptedTab();
  bench.source = scripted.source;
  await bench.source.changeUserData("scenarios", () => [LOSS]);
});

async function openScenarios(): Promise<RenderResult> {
  const view = bench.open();
  fireEvent.click(await view.findByTestId("tab-scenarios"));
  await rowOf(view, LOSS.name);
  return view;
}

const rowOf = async (view: RenderResult, name: string): Promise<HTMLElement> =>
  waitFor(() => {
    const row = view.getAllByTestId("scenario-row").find((one) => one.dataset["scenario"] === name);
    if (!row) throw new Error(`no row for ${name}`);
    return row;
  });

const run = async (view: RenderResult, name: string): Promise<void> => {
  fireEvent.click(within(await rowOf(view, name)).getByTestId("scenario-run-one"));
};

const verdictOf = (view: RenderResult, name: string, verdict: string): Promise<void> =>
  waitFor(async () => {
    expect((await rowOf(view, name)).dataset["verdict"]).toBe(verdict);
  });

describe("scenarios in the panel", () => {
  it("lists all scenarios with their duration, and moves through them by keyboard", async () => {
    const view = await openScenarios();
    expect(view.getAllByTestId("scenario-row")).toHaveLength(BUILT_IN_SCENARIOS.length + 1);
    const row = await rowOf(view, "laptop-lid");
    const quick = row.textContent;
    fireEvent.click(view.getByTestId("scenario-speed-real"));
    await waitFor(() => {
      expect(row.textContent).not.toBe(quick);
    });
    const names = view.container.querySelectorAll<HTMLElement>(".scenario-name");
    fireEvent.keyDown(names[0]!, { key: "End" });
    await waitFor(() => {
      expect(view.getByTestId("scenario-view").dataset["scenario"]).toBe(LOSS.name);
    });
    expect([...names].filter((name) => name.tabIndex === 0)).toHaveLength(1);
  });

  it("runs a scenario, shows its verdict with figures and evidence, and keeps it in the page's scorecard", async () => {
    scripted.losesFor(1_000);
    const view = await openScenarios();
    await run(view, LOSS.name);
    await verdictOf(view, LOSS.name, "pass");
    const result = view.getByTestId("scenario-result");
    expect(result.textContent).toContain("1 s");
    expect(view.getByTestId("scorecard-summary").textContent).toBe("1 of 1 scenario passed.");
    // The evidence has links to the timeline and to the interruption.
    fireEvent.click(await view.findByTestId("scenario-on-timeline"));
    expect(bench.state.timelineOpen.value.scenarios).toBe(true);
    fireEvent.click(await view.findByTestId("scenario-interruption"));
    await waitFor(() => {
      expect(bench.state.tab.value).toBe("interruptions");
    });
  });

  it("compares two runs, and shows a shorter or longer downtime as better or worse", async () => {
    scripted.losesFor(1_000);
    const view = await openScenarios();
    await run(view, LOSS.name);
    await verdictOf(view, LOSS.name, "pass");
    scripted.losesFor(9_000);
    await run(view, LOSS.name);
    await verdictOf(view, LOSS.name, "warn");
    fireEvent.click(view.getByTestId("scorecard-compare"));
    await waitFor(() => {
      expect(view.getByTestId("compared").dataset["change"]).toBe("worse");
    });
    expect(view.getByTestId("comparison-summary").textContent).toContain("0 scenarios better, 1 worse");
    const card = JSON.stringify({
      ...(bench.state.shown.value && ((await bench.source.userData("scorecards")) as { now: object }[]))![0]!
        .now,
    });
    fireEvent.change(view.getByTestId("scorecard-open"), {
      target: { files: [new File([card], "same.json")] },
    });
    await waitFor(() => {
      expect(view.getByTestId("comparison-summary").textContent).toContain("No verdicts changed");
    });
    fireEvent.change(view.getByTestId("scorecard-open"), {
      target: { files: [new File(["{}"], "none.json")] },
    });
    expect((await view.findByTestId("notice-bad")).textContent).toContain("This is not a scorecard");
  });

  it("can be stopped at any time: injected faults end, and the run has no result", async () => {
    const view = await openScenarios();
    await run(view, "wifi-drop-5s");
    await waitFor(() => {
      expect(view.getByTestId("scenario-step").textContent).toContain("Step 2 of 9");
    });
    expect(scripted.tab.running()).toEqual(["offline"]);
    // No other scenario can be started meanwhile.
    expect(view.getByTestId("scenario-run-all").hasAttribute("disabled")).toBe(true);
    fireEvent.click(view.getByTestId("scenario-stop"));
    await verdictOf(view, "wifi-drop-5s", "stopped");
    expect(scripted.tab.running()).toEqual([]);
    expect(view.queryByTestId("scenario-running")).toBeNull();
    expect(await bench.source.userData("scorecards")).toBeUndefined();
  });

  it("ends its faults when the panel closes", async () => {
    const view = await openScenarios();
    await run(view, "wifi-drop-5s");
    await waitFor(() => {
      expect(scripted.tab.running()).toEqual(["offline"]);
    });
    bench.state.dispose();
    await waitFor(() => {
      expect(scripted.tab.running()).toEqual([]);
    });
  });

  it("runs the selected scenarios one after the other", async () => {
    scripted.losesFor(500);
    const view = await openScenarios();
    for (const name of ["token-expired", LOSS.name])
      fireEvent.click(within(await rowOf(view, name)).getByRole("checkbox"));
    await waitFor(() => {
      expect(view.getByTestId("scenario-run-all").textContent).toContain("Run 2 selected");
    });
    fireEvent.click(view.getByTestId("scenario-run-all"));
    await verdictOf(view, LOSS.name, "pass");
    await verdictOf(view, "token-expired", "not-applicable");
    expect((await rowOf(view, "token-expired")).textContent).toContain("access token");
    expect((await rowOf(view, "crash")).dataset["verdict"]).toBe("none");
  });

  it("doesn't start while another fault is active", async () => {
    const view = await openScenarios();
    await bench.source.inject("p", { name: "offline", target: { scope: "page" }, duration: 10_000 });
    await waitFor(() => {
      expect(view.getByTestId("scenario-reason").textContent).toContain("undo them first");
    });
    expect(view.getByTestId("scenario-run").hasAttribute("disabled")).toBe(true);
  });

  it("puts the results into the report and the recording, and shows those of a file", async () => {
    scripted.losesFor(1_000);
    const view = await openScenarios();
    await run(view, LOSS.name);
    await verdictOf(view, LOSS.name, "pass");
    const write = async (kind: "html" | "json") =>
      (await bench.source.export("p", kind, { payloads: true }, UNWATCHED)).blob;
    expect(await (await write("html")).text()).toContain("A loss of my own");
    const file = await write("json");
    const { scorecard } = JSON.parse(await file.text()) as { scorecard: unknown };
    expect(readScorecard(scorecard)).toMatchObject({ results: [{ scenario: LOSS.name, verdict: "pass" }] });
    await bench.state.transfer.import([new File([file], "colleague.json")]);
    await waitFor(() => {
      expect(view.getByTestId("scenario-reason").textContent).toContain("recording from a file");
    });
    await verdictOf(view, LOSS.name, "pass");
    expect(view.getByTestId("scenario-run").hasAttribute("disabled")).toBe(true);
  });

  it("exports a scorecard that can be read again", async () => {
    scripted.losesFor(1_000);
    const view = await openScenarios();
    await run(view, LOSS.name);
    await verdictOf(view, LOSS.name, "pass");
    const saved: Blob[] = [];
    const create = vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
      saved.push(blob as Blob);
      return "blob:test";
    });
    fireEvent.click(view.getByTestId("scorecard-export"));
    create.mockRestore();
    const card = readScorecard(JSON.parse(await saved[0]!.text()));
    expect(card).toMatchObject({ url: expect.not.stringContaining("user=1") as string, results: [{}] });
  });
});

describe("own scenarios", () => {
  const edit = (view: RenderResult, text: string): void => {
    fireEvent.input(view.getByTestId("editor-text"), { target: { value: text } });
  };
  const problems = (view: RenderResult): string => view.getByTestId("editor-problems").textContent;

  it("start as a copy of a built-in one, are checked while typing, and are saved", async () => {
    const view = await openScenarios();
    fireEvent.click(within(await rowOf(view, "crash")).getByText("Server crash"));
    fireEvent.click(await view.findByTestId("scenario-copy"));
    const field = (await view.findByTestId("editor-text")) as HTMLTextAreaElement;
    expect(JSON.parse(field.value)).toMatchObject({ name: "own-crash" });
    expect(view.getByTestId("editor-save").hasAttribute("disabled")).toBe(false);
    const good = field.value;
    edit(view, good.replace('"duration": 20000', '"duration": "long"'));
    await waitFor(() => {
      expect(problems(view)).toContain("steps[0].fault.duration is a number of milliseconds");
    });
    expect(view.getByTestId("editor-save").hasAttribute("disabled")).toBe(true);
    edit(view, "{");
    await waitFor(() => {
      expect(problems(view)).toContain("not JSON");
    });
    edit(view, good.replace("own-crash", "crash"));
    await waitFor(() => {
      expect(problems(view)).toContain("name is already used by a built-in scenario");
    });
    edit(view, good.replace("own-crash", "my-crash"));
    await waitFor(() => {
      expect(view.getByTestId("editor-save").hasAttribute("disabled")).toBe(false);
    });
    fireEvent.submit(view.getByTestId("editor-text").closest("form")!);
    await rowOf(view, "my-crash");
    expect(await bench.source.userData("scenarios")).toMatchObject([
      { name: LOSS.name },
      { name: "my-crash" },
    ]);
  });

  it("can be changed in place, also their name", async () => {
    const view = await openScenarios();
    fireEvent.click(within(await rowOf(view, LOSS.name)).getByText(LOSS.title));
    fireEvent.click(await view.findByTestId("scenario-edit"));
    const field = (await view.findByTestId("editor-text")) as HTMLTextAreaElement;
    edit(view, field.value.replace("own-loss", "renamed"));
    await waitFor(() => {
      expect(problems(view)).toContain("Ready to run");
    });
    fireEvent.submit(field.closest("form")!);
    await rowOf(view, "renamed");
    expect(await bench.source.userData("scenarios")).toMatchObject([{ name: "renamed" }]);
  });

  it("can be deleted, and restored", async () => {
    const view = await openScenarios();
    fireEvent.click(within(await rowOf(view, LOSS.name)).getByText(LOSS.title));
    fireEvent.click(await view.findByTestId("scenario-delete"));
    await waitFor(() => {
      expect(view.getAllByTestId("scenario-row")).toHaveLength(BUILT_IN_SCENARIOS.length);
    });
    fireEvent.click(await view.findByText("Undo"));
    await rowOf(view, LOSS.name);
  });

  it("can be opened from a file; an invalid one opens in the editor", async () => {
    const view = await openScenarios();
    const open = (text: string): void => {
      fireEvent.change(view.getByTestId("scenario-import"), {
        target: { files: [new File([text], "one.scenario.json")] },
      });
    };
    open(JSON.stringify({ ...LOSS, name: "from-a-file", title: "From a file" }));
    await rowOf(view, "from-a-file");
    open(JSON.stringify({ ...LOSS, name: "half", steps: [] }));
    await waitFor(() => {
      expect(problems(view)).toContain("steps is a list of 1 to");
    });
    expect(await bench.source.userData("scenarios")).toHaveLength(2);
  });
});
