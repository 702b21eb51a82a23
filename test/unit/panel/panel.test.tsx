// @vitest-environment happy-dom
import { fireEvent, waitFor } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { troubleRecording } from "../../../panel/fixture/trouble.ts";
import { UNWATCHED } from "../fakes/unwatched.ts";
import { panelBench, START } from "./panel-bench.tsx";

const bench = panelBench();

describe("the panel", () => {
  it("shows what to do while there is no connection", async () => {
    const view = bench.open();
    const empty = await view.findByTestId("empty-state");
    expect(empty.textContent).toContain("Waiting for a SignalR connection");
    expect(view.getByTestId("counters").dataset["hubs"]).toBe("0");
  });

  it("shows connections, interruptions and counts of a recording", async () => {
    const view = await bench.openBoard();
    expect(view.getAllByTestId("hub-group").map((group) => group.dataset["path"])).toEqual([
      "/hubs/board",
      "/hubs/chat",
    ]);
    expect(view.getAllByTestId("hub-group").every((group) => group.dataset["state"] === "connected")).toBe(
      true,
    );
    const rows = view.getAllByTestId("interruption-row");
    expect(rows.map((row) => row.dataset["cause"])).toEqual([
      "offline",
      "offline",
      "injected",
      "tab-frozen",
      "tab-frozen",
    ]);
    expect(view.getByTestId("counters").dataset["dropped"]).toBe("38");
  });

  it("shows details of the selected item, with mouse and keyboard", async () => {
    const view = await bench.openBoard();
    const rows = view.getAllByTestId("interruption-row");
    fireEvent.click(rows[2]!);
    await waitFor(() => {
      expect(view.getByTestId("interruption-card").dataset["outcome"]).toBe("resumed");
    });
    expect(view.getByTestId("interruption-card").textContent).toContain("Injected by Hubscope");
    fireEvent.keyDown(view.getByRole("listbox", { name: "Interruptions" }), { key: "Home" });
    await waitFor(() => {
      expect(view.getByTestId("interruption-card").dataset["cause"]).toBe("offline");
    });
  });

  it("adds events that are stored later", async () => {
    const view = await bench.openBoard();
    const before = Number(view.getByTestId("counters").dataset["messages"]);
    const events = boardRecording(START);
    const last = events.at(-1)!;
    const socket = events.findLast((event) => event.kind === "socket")!.socket;
    bench.source.append("page-1", [
      { kind: "message", seq: last.seq + 1, t: last.t + 5, socket, direction: "in", type: 6, size: 11 },
    ]);
    await waitFor(() => {
      expect(Number(view.getByTestId("counters").dataset["messages"])).toBe(before + 1);
    });
  });

  it("filters the list and reports invalid conditions", async () => {
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("tab-messages"));
    const box = view.getByTestId("filter") as HTMLInputElement;
    fireEvent.focus(box);
    fireEvent.input(box, { target: { value: "is:lost" } });
    await waitFor(() => {
      // A filter on messages shows messages only, no gaps.
      expect(view.getByTestId("message-list").dataset["rows"]).toBe("3");
    });
    fireEvent.input(box, { target: { value: "is:lots" } });
    expect((await view.findByTestId("filter-problem")).textContent).toContain('not "lots"');
    fireEvent.keyDown(box, { key: "Escape" });
    await waitFor(() => {
      expect(box.value).toBe("");
    });
  });

  it("keeps the focus in the filter on Escape, with text and without", async () => {
    const view = await bench.openBoard();
    const box = view.getByTestId("filter") as HTMLInputElement;
    box.focus();
    fireEvent.input(box, { target: { value: "is:lost" } });
    for (let i = 0; i < 2; i++) {
      fireEvent.keyDown(box, { key: "Escape" });
      await waitFor(() => {
        expect(box.value).toBe("");
      });
      expect(document.activeElement).toBe(box);
    }
  });

  it("counts messages beside the filter, not rows, as everywhere else (880 of 2,014, but there were 1,887)", async () => {
    const view = await bench.openBoard();
    const box = view.getByTestId("filter") as HTMLInputElement;
    const { messages } = view.getByTestId("counters").dataset;
    expect(view.getByTestId("tab-messages").textContent).toBe(
      `Messages${Number(messages).toLocaleString("en-US")}`,
    );
    fireEvent.input(box, { target: { value: "hub:/" } });
    await waitFor(() => {
      const [found, total] = view.getByTestId("filter-hits").textContent.replaceAll(",", "").split(" of ");
      expect([found, total]).toEqual([messages, messages]);
    });
    fireEvent.input(box, { target: { value: "kind:socket" } });
    await waitFor(() => {
      expect(view.getByTestId("filter-hits").textContent).toMatch(/^0 of /);
      expect(view.getByTestId("filter-hits").title).toMatch(/and \d+ other events$/);
    });
  });

  it("injects a fault, shows that it runs, and undoes it", async () => {
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("tab-faults"));
    fireEvent.click(view.getByTestId("fault-offline"));
    fireEvent.input(await view.findByTestId("fault-duration"), { target: { value: "999" } });
    await waitFor(() => {
      expect(view.getByTestId("fault-inject").hasAttribute("disabled")).toBe(true);
    });
    fireEvent.input(view.getByTestId("fault-duration"), { target: { value: "20" } });
    await waitFor(() => {
      expect(view.getByTestId("fault-inject").hasAttribute("disabled")).toBe(false);
    });
    fireEvent.submit(view.getByTestId("fault-inject").closest("form")!);
    const running = await waitFor(() => {
      const all = view.getAllByTestId("running-fault").filter((one) => one.dataset["fault"] === "offline");
      expect(all).toHaveLength(1);
      return all[0]!;
    });
    fireEvent.click(running.querySelector("[data-testid=fault-undo]")!);
    await waitFor(() => {
      expect(view.getAllByTestId("running-fault").some((one) => one.dataset["fault"] === "offline")).toBe(
        false,
      );
    });
  });

  it("opens a file read-only, and names what is wrong with one that isn't a recording", async () => {
    const view = await bench.openBoard();
    const file = await bench.source.export("page-1", "json", { payloads: false }, UNWATCHED);
    await bench.state.transfer.import([new File([file.blob], "from-a-colleague.json")]);
    expect((await view.findByTestId("imported-banner")).textContent).toContain("from-a-colleague.json");
    await waitFor(() => {
      expect(view.getByTestId("break-menu").hasAttribute("disabled")).toBe(true);
    });
    await bench.state.transfer.import([new File(["<html>"], "page.html")]);
    expect((await view.findByTestId("notice-bad")).textContent).toContain(
      "page.html can't be opened: This is not a Hubscope recording",
    );
  });

  it("shows starts that failed among the interruptions", async () => {
    bench.source.append("page-1", troubleRecording(START), { url: "https://board.example/shop" });
    const view = bench.open();
    const rows = await view.findAllByTestId("failed-start-row");
    expect(rows.map((row) => row.dataset["outcome"])).toEqual(["connected", "failed"]);
    fireEvent.click(rows[0]!);
    const card = await view.findByTestId("failed-start-card");
    expect(card.textContent).toContain("Connected at start 3");
    expect(card.textContent).toContain("The server sent Retry-After 7 s; the client ignores it.");
    fireEvent.click(rows[1]!);
    await waitFor(() => {
      expect(view.getByTestId("failed-start-card").textContent).toContain("Unauthorized (401)");
    });
    expect(view.getByTestId("obstacle-advice").textContent).toContain("accessTokenFactory");
  });

  it("clears the view, keeps storing, and can show all again (it removed recordings of other tabs, imported and closed ones)", async () => {
    const view = await bench.openBoard();
    bench.source.append("page-2", boardRecording(START - 9e6), { tabId: 9, startedAt: START - 9e6 });
    bench.source.append("page-3", boardRecording(START - 8e6), {
      imported: "a.json",
      startedAt: START - 8e6,
    });
    const stored = (await bench.source.pages()).length;
    const before = view.getByTestId("counters").dataset["messages"];
    fireEvent.click(view.getByTestId("clear"));
    await waitFor(() => {
      expect(view.queryByTestId("no-interruptions")).not.toBeNull();
    });
    expect(view.getByTestId("counters").dataset).toMatchObject({ messages: "0", hubs: "2" });
    expect(view.getAllByTestId("hub-group")).toHaveLength(2);
    fireEvent.click(view.getByTestId("tab-messages"));
    expect(bench.state.messages.length()).toBe(0);
    expect((await bench.source.pages()).length).toBe(stored);

    bench.receivePing();
    await waitFor(() => {
      expect(view.getByTestId("counters").dataset["messages"]).toBe("1");
      expect(bench.state.messages.length()).toBe(1);
    });
    fireEvent.click(view.getByRole("button", { name: "Undo" }));
    await waitFor(() => {
      expect(view.getByTestId("counters").dataset["messages"]).toBe(String(Number(before) + 1));
    });
    expect(view.queryByRole("button", { name: "Undo" })).toBeNull();
    fireEvent.click(view.getByTestId("tab-interruptions"));
    expect((await view.findAllByTestId("interruption-row")).length).toBe(5);
  });

  it("closes a finished recording when it is cleared, and keeps it in the list", async () => {
    const view = await bench.openBoard();
    bench.source.append("page-0", boardRecording(START - 9e6), {
      imported: "a.json",
      startedAt: START - 9e6,
    });
    bench.state.show("page-0");
    await view.findByTestId("imported-banner");
    fireEvent.click(view.getByTestId("clear"));
    await waitFor(() => {
      expect(bench.state.shown.value?.id).toBe("page-1");
    });
    fireEvent.click(view.getByRole("button", { name: "Undo" }));
    await waitFor(() => {
      expect(bench.state.shown.value?.id).toBe("page-0");
    });
  });

  it("deletes all recordings except pinned ones, after a confirmation", async () => {
    const view = await bench.openBoard();
    await bench.source.setPinned("page-1", true);
    bench.source.append("page-2", boardRecording(START + 1000), { tabId: 9, startedAt: START + 1000 });
    fireEvent.click(view.getByTestId("recording-picker"));
    await waitFor(() => {
      expect(view.getAllByTestId("recording-row")).toHaveLength(2);
    });
    fireEvent.click(view.getByTestId("delete-all"));
    expect((await view.findByRole("alertdialog")).textContent).toContain("1 pinned recording is kept");
    expect(bench.state.recordings.value).toHaveLength(2);
    fireEvent.click(view.getByTestId("delete-all-yes"));
    await waitFor(() => {
      expect(bench.state.recordings.value.map((recording) => recording.id)).toEqual(["page-1"]);
    });
  });

  it("counts interruptions of every recording in the picker as in the tab", async () => {
    const about = { interruptions: 99, url: "https://board.example/" };
    bench.source.append("page-2", troubleRecording(START - 9e6), { ...about, startedAt: START - 9e6 });
    bench.source.append("page-1", boardRecording(START), { ...about, startedAt: START });
    const view = bench.open();
    await view.findByTestId("interruption-card");
    fireEvent.click(view.getByTestId("recording-picker"));
    const words = (id: string): string =>
      view.getAllByTestId("recording-row").find((row) => row.dataset["recording"] === id)!.textContent;
    await waitFor(() => {
      expect(words("page-1")).toContain(" 5 interruptions");
      expect(words("page-2")).not.toContain("about");
    });
    const [count] = /\d+(?= interruptions?)/.exec(words("page-2"))!;
    bench.state.show("page-2");
    await waitFor(() => {
      expect(view.getByTestId("tab-interruptions").textContent).toBe(`Interruptions${count}`);
    });
  });

  it("lists a tab of an earlier run of the browser with the other tabs, though it had the same number", async () => {
    bench.source.append("page-1", boardRecording(START), { browserSession: 0, startedAt: START });
    const view = bench.open();
    await waitFor(() => {
      expect(bench.state.recordings.value).toHaveLength(1);
    });
    fireEvent.click(view.getByTestId("recording-picker"));
    expect((await view.findByTestId("recording-row")).closest("section")?.textContent).toContain(
      "Other tabs",
    );
  });

  it("closes the picker when a file was opened", async () => {
    const view = await bench.openBoard();
    fireEvent.click(view.getByTestId("recording-picker"));
    const field = await view.findByTestId("import-file-picker");
    const { blob } = await bench.source.export("page-1", "json", { payloads: true }, UNWATCHED);
    Object.defineProperty(field, "files", { value: [new File([blob], "again.json")] });
    fireEvent.change(field);
    await view.findByTestId("imported-banner");
    expect(view.queryByTestId("import-file-picker")).toBeNull();
  });
});
