// @vitest-environment happy-dom
import type { LogRow } from "../../../panel/state/event-log.ts";
import { fireEvent, waitFor, within, type RenderResult } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { WIRE_SECONDS, wireRecording } from "../../../panel/fixture/wire.ts";
import { panelBench, START } from "./panel-bench.tsx";

const bench = panelBench();

async function openWire(tab: "connections" | "interruptions" | "messages"): Promise<RenderResult> {
  bench.source.append("page-1", wireRecording(START), { url: "https://board.example/everything" });
  const view = bench.open();
  fireEvent.click(await view.findByTestId(`tab-${tab}`));
  return view;
}

async function openHub(path: string): Promise<{ view: RenderResult; details: HTMLElement }> {
  const view = await openWire("connections");
  const rows = await view.findAllByTestId("connection-row");
  fireEvent.click(rows.find((row) => row.dataset["path"] === path)!);
  const details = await waitFor(() => {
    const found = view.getByTestId("connection-details");
    expect(found.dataset["path"]).toBe(path);
    return found;
  });
  return { view, details };
}

beforeEach(() => {
  bench.source = createMemorySource({ now: () => START + WIRE_SECONDS * 1000 });
});

describe("the connections pane", () => {
  it("shows a fallback as one attempt with a row for each transport, and the requests that failed on the last", async () => {
    const { details } = await openHub("/hubs/prices");
    const attempts = within(details).getAllByTestId("log-attempt");
    expect(attempts.map((one) => one.dataset["origin"])).toEqual(["retry", "retry", "start"]);
    const start = attempts.at(-1)!;
    const steps = [...start.querySelectorAll<HTMLElement>("[data-testid=waterfall] li")];
    expect(steps.map(({ dataset }) => `${dataset["kind"]} ${dataset["result"]}`)).toEqual([
      "negotiate ok",
      "WebSockets failed",
      "negotiate ok",
      "ServerSentEvents failed",
      "negotiate ok",
      "LongPolling ok",
    ]);
    expect(start.textContent).toContain("after fallback");
    expect(within(start).getByTestId("failed-requests").textContent).toContain("Payload Too Large");
  });

  it("shows which server a hub uses, and what skipping the negotiate means", async () => {
    const { details } = await openHub("/hubs/orders");
    expect(within(details).getByTestId("fact-hosting").textContent).toContain(
      "Azure, default mode, board.service.signalr.net",
    );
    fireEvent.keyDown(within(document.body).getByRole("listbox", { name: "Hub connections" }), {
      key: "End",
    });
    await waitFor(() => {
      expect(document.querySelector("[data-testid=fact-negotiate]")?.textContent).toContain(
        "skipNegotiation",
      );
    });
  });

  it("opens with a click on the name in the timeline, where the hosting is a badge", async () => {
    const view = await openWire("interruptions");
    const group = view.getAllByTestId("hub-group").find((one) => one.dataset["path"] === "/hubs/orders")!;
    fireEvent.click(within(group).getByRole("button", { name: "Expand /hubs/orders" }));
    expect((await within(group).findByTestId("hub-hosting")).textContent).toBe("Azure, default mode");
    fireEvent.click(within(group).getByTestId("hub-details"));
    expect((await view.findByTestId("connection-details")).dataset["path"]).toBe("/hubs/orders");
  });

  it("counts stateful reconnect and its resumes", async () => {
    const { view, details } = await openHub("/hubs/editor");
    const stateful = view.getByTestId("stateful");
    expect(stateful.textContent).toContain("granted");
    expect(within(stateful).getAllByTestId("buffer")).toHaveLength(2);
    const resumes = within(stateful).getAllByTestId("resume");
    expect(resumes.map((one) => one.dataset["outcome"])).toEqual(["running", "refused", "resumed"]);
    expect(resumes[1]!.textContent).toContain("the window of 15 s was over");
    expect(within(stateful).getByTestId("resume-window").textContent).toMatch(/^8(\.\d)? s left of the 15 s/);
    expect(within(details).getByTestId("log-ghost").textContent).toContain("carries no messages of the app");
    fireEvent.click(within(resumes[1]!).getByRole("button", { name: "Impact of the new id" }));
    expect((await view.findByTestId("interruption-card")).textContent).toContain(
      "with the new id they are not sent again",
    );
  });

  it("explains what a loss means for a hub without stateful reconnect", async () => {
    const { view } = await openHub("/hubs/news");
    expect(view.getByTestId("stateful").textContent).toContain("not requested");
  });

  it("lists connections that can't be recorded, and shows their number on the tab", async () => {
    const view = await openWire("connections");
    const rows = await view.findAllByTestId("unrecorded-row");
    expect(rows.map((row) => row.dataset["kind"])).toEqual(["worker", "legacy"]);
    expect(rows[0]!.textContent).toContain("wss://board.example/hubs/background");
    expect(rows[1]!.textContent).toContain("Not supported");
    expect((await view.findByTestId("not-recorded")).textContent).toBe("+2 not recorded");
  });

  it("lists them, even if there is nothing else", async () => {
    const all = wireRecording(START);
    const kinds = new Set(["page", "worker-connection", "legacy"]);
    bench.source.append(
      "page-1",
      all.filter(({ kind }) => kinds.has(kind)),
      { url: "https://board.example/everything" },
    );
    const view = bench.open();
    expect(await view.findAllByTestId("unrecorded-row")).toHaveLength(2);
    expect(view.getByTestId("empty-state").textContent).toContain("can't be recorded");
  });
});

describe("the detail of a binary message", () => {
  async function openMessage(filter: string): Promise<{ view: RenderResult; detail: HTMLElement }> {
    const view = await openWire("messages");
    const { epoch, text } = bench.state.messages;
    const unfiltered = epoch.value;
    text.value = filter;
    const row = await waitFor(() => {
      expect(epoch.value).toBeGreaterThan(unfiltered);
      const first = bench.state.messages.at(0);
      expect(bench.state.messages.passed().messages).toBeGreaterThan(0);
      expect(first && "event" in first).toBe(true);
      return first as LogRow;
    });
    bench.state.selection.message.value = row;
    const detail = await view.findByTestId("message-detail");
    await waitFor(() => {
      expect(detail.textContent).not.toContain("Reading the payload");
    });
    return { view, detail };
  }

  it("shows a tree beside the bytes, and marks what is selected in one also in the other", async () => {
    const { detail } = await openMessage("hub:editor JoinDocument");
    expect(within(detail).getByTestId("sequence").textContent).toBe("1");
    const items = within(detail).getAllByRole("treeitem");
    const target = items.find((item) => item.textContent.startsWith("target"))!;
    fireEvent.click(target);
    await waitFor(() => {
      const on = detail.querySelectorAll(".hex .char.on");
      expect([...on].map((part) => part.textContent).join("")).toBe(".JoinDocument");
    });
    expect(within(detail).getByTestId("place").textContent).toMatch(/^bytes \d+ to \d+$/);
    fireEvent.keyDown(within(detail).getByRole("tree"), { key: "ArrowDown" });
    await waitFor(() => {
      expect(within(detail).getByRole("tree").querySelector("[aria-selected=true]")?.textContent).toContain(
        "arguments",
      );
    });
  });

  it("reports at which byte one could not be decoded, and shows that byte", async () => {
    const { detail } = await openMessage("hub:blazor 0xc1");
    expect(within(detail).getByTestId("undecoded").textContent).toBe(
      "Could not be decoded: 0xc1 is no value, at byte 20 (0x14).",
    );
    expect(detail.querySelector(".hex .bad")?.textContent).toBe("c1");
  });

  it("explains that a payload was cut only in the recording", async () => {
    const { detail } = await openMessage("hub:blazor size:>40k");
    expect(within(detail).getByTestId("truncated").textContent).toContain("Only the first 96 B of 48.2 kB");
    expect(within(detail).queryByTestId("undecoded")).toBeNull();
  });

  it("offers the bytes of JSON, too", async () => {
    const { detail } = await openMessage("hub:prices Subscribe");
    fireEvent.click(within(detail).getByTestId("view-hex"));
    await waitFor(() => {
      expect(detail.querySelector(".hex")?.textContent).toContain("7b 22 74 79 70 65");
    });
  });
});
