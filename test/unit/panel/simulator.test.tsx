// @vitest-environment happy-dom
import { fireEvent, waitFor, within, type RenderResult } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { fakeHerdWorkers, type FakeHerdWorkers } from "../fakes/herd-worker.ts";
import { panelBench } from "./panel-bench.tsx";

const bench = panelBench();
let workers: FakeHerdWorkers;

beforeEach(() => {
  workers = fakeHerdWorkers();
});

const openTab = async (view: RenderResult): Promise<HTMLElement> => {
  fireEvent.click(await view.findByTestId("tab-simulator"));
  return view.findByTestId("simulator-figures");
};

const type = (view: RenderResult, key: string, value: string): void => {
  fireEvent.input(view.getByTestId(`herd-${key}`), { target: { value } });
};

/** A row of the figures, as texts. */
const figures = (table: HTMLElement, title: string): string[] => {
  const row = within(table).getByText(title).closest("tr")!;
  return [...row.querySelectorAll("td")].map((cell) => cell.textContent);
};

describe("the simulator", () => {
  it("compares three policies as soon as it is opened", async () => {
    const view = await bench.openBoard();
    const table = await openTab(view);
    expect(figures(table, "Gave up")[2]).toBe("0");
    expect(figures(table, "99% of the lost are back")[0]).toBe("never");
    expect(view.getAllByRole("img", { name: /Attempts and refusals a second/ })).toHaveLength(3);
    expect(workers).toMatchObject({ made: 1, ended: 1 });
  });

  it("begins with what was observed of the connection that retried most", async () => {
    const view = await bench.openBoard();
    await openTab(view);
    expect(view.getByTestId("simulator-from")).not.toHaveProperty("value", "");
    const delays = view.getByTestId("herd-delays").closest(".line")!;
    expect(delays.querySelector(".src")?.textContent).toMatch(/^(observed|inferred)/);
    type(view, "delays", "7");
    await waitFor(() => {
      expect(delays.querySelector(".src")).toBeNull();
    });
    fireEvent.change(view.getByTestId("simulator-from"), { target: { value: "" } });
    await waitFor(() => {
      expect(delays.querySelector(".src")?.textContent).toBe("assumed");
    });
  });

  it("simulates again when asked, and says until then that the values have changed", async () => {
    const view = await bench.openBoard();
    const table = await openTab(view);
    type(view, "clients", "500");
    await waitFor(() => {
      expect(view.getByTestId("simulator-status").textContent).toBe("The values have changed.");
    });
    fireEvent.click(view.getByTestId("simulator-run"));
    await waitFor(() => {
      expect(figures(table, "Peak attempts a second")[0]).toBe("500");
    });
    expect(view.getByTestId("simulator-status").textContent).toBe("");
  });

  it("shows what is wrong under its field, and doesn't run", async () => {
    const view = await bench.openBoard();
    await openTab(view);
    type(view, "clients", "none");
    const problem = await view.findByTestId("herd-clients-problem");
    expect(problem.textContent).toBe("Clients: 1 to 1,000,000");
    expect(view.getByTestId("herd-clients").getAttribute("aria-invalid")).toBe("true");
    expect(view.getByTestId("simulator-run")).toHaveProperty("disabled", true);
  });

  it("can be cancelled, and keeps what was there", async () => {
    const view = await bench.openBoard();
    const table = await openTab(view);
    const before = table.textContent;
    workers.held = true;
    type(view, "clients", "500");
    fireEvent.click(view.getByTestId("simulator-run"));
    await waitFor(() => {
      expect(view.getByTestId("simulator-run").textContent).toBe("Cancel");
    });
    fireEvent.click(view.getByTestId("simulator-run"));
    await waitFor(() => {
      expect(view.getByTestId("simulator-run").textContent).toBe("Simulate");
    });
    expect(workers).toMatchObject({ made: 2, ended: 2 });
    workers.release();
    expect(table.textContent).toBe(before);
  });

  it("keeps values and results while other tabs are open", async () => {
    const view = await bench.openBoard();
    await openTab(view);
    type(view, "clients", "500");
    fireEvent.click(view.getByTestId("tab-calls"));
    await openTab(view);
    expect(view.getByTestId("herd-clients")).toHaveProperty("value", "500");
    expect(workers.made).toBe(1);
  });

  it("gives the policy as code, in each language", async () => {
    const view = await bench.openBoard();
    await openTab(view);
    const code = view.getByTestId("simulator-code");
    expect(code.textContent).toContain("@microsoft/signalr");
    fireEvent.click(view.getByTestId("herd-language-csharp"));
    fireEvent.click(view.getByTestId("herd-variant-changed"));
    await waitFor(() => {
      expect(code.textContent).toContain(
        "Math.Min(30000, 1000 * Math.Pow(2, retryContext.PreviousRetryCount))",
      );
    });
    fireEvent.click(view.getByTestId("herd-language-java"));
    await view.findByText(/has neither automatic reconnect nor a retry policy/);
  });

  it("needs no recording", async () => {
    const view = bench.open();
    fireEvent.click(await view.findByTestId("open-simulator"));
    const table = await view.findByTestId("simulator-figures");
    expect(figures(table, "Gave up")[0]).toBe("96,000 (96%)");
    fireEvent.click(view.getByTestId("tab-interruptions"));
    await view.findByTestId("empty-state");
  });
});
