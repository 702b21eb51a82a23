// @vitest-environment happy-dom
/** What is open follows a connection's events as they arrive: the model's objects stay the same when they change. */
import { fireEvent, waitFor, within } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { script } from "../core/event-script.ts";
import { panelBench } from "./panel-bench.tsx";

const bench = panelBench();

/** A connection that is just connecting, in a panel that is open already. */
async function openWhileConnecting() {
  const events = script().at(0).page().hub().state("Disconnected", "Connecting").at(1_000).negotiate(1, "a");
  let sent = 0;
  const record = (): void => {
    bench.source.append("p", events.events.slice(sent), { url: "https://board.example/", hubs: 1 });
    sent = events.events.length;
  };
  record();
  const view = bench.open();
  const group = await view.findByTestId("hub-group");
  return { view, group, events, record };
}

const pillOf = (element: HTMLElement): string | undefined =>
  element.querySelector(".pill")?.textContent ?? undefined;

describe("what is open while a connection goes on", () => {
  it("is true of its details, from the start to the end", async () => {
    const { view, group, events, record } = await openWhileConnecting();
    fireEvent.click(view.getByTestId("tab-connections"));
    const details = await view.findByTestId("connection-details");
    expect(pillOf(details)).toBe("Connecting");
    expect(within(details).getAllByTestId("log-attempt")).toHaveLength(1);

    events.at(2_000).socket(1, 1).state("Connecting", "Connected", "a");
    record();
    await waitFor(() => {
      expect(pillOf(group)).toBe("Connected");
      expect(pillOf(details)).toBe("Connected");
    });
    expect(details.textContent).toContain("is open for");
    expect(details.textContent).toContain("WebSockets, JSON");

    events
      .at(3_000)
      .state("Connected", "Disconnecting")
      .closed(1, 1000)
      .state("Disconnecting", "Disconnected");
    record();
    await waitFor(() => {
      expect(pillOf(details)).toBe("Stopped by app");
    });
    expect(details.textContent).toContain("closed cleanly");
  });

  it("is true of its header in the timeline", async () => {
    const { group, events, record } = await openWhileConnecting();
    expect(within(group).queryByText("WebSockets")).toBeNull();
    events.at(2_000).socket(1, 1).state("Connecting", "Connected", "a");
    record();
    await waitFor(() => {
      expect(pillOf(group)).toBe("Connected");
    });
    expect(within(group).getByText("WebSockets").className).toBe("badge");
    expect(within(group).getByText("JSON").className).toBe("badge second");
  });
});
