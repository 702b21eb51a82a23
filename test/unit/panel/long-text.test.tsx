// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { LongText } from "../../../panel/components/long-text.tsx";

afterEach(cleanup);

it("shortens long texts, and shows all of a text on request", () => {
  const view = render(<LongText text={"x".repeat(10_000)} />);
  const shown = (): number => view.container.textContent.length;
  expect(shown()).toBeLessThan(500);
  fireEvent.click(view.getByRole("button", { name: "Show all 10,000 characters" }));
  expect(view.container.querySelector(".long-text")?.textContent).toBe("x".repeat(10_000));
  fireEvent.click(view.getByRole("button", { name: "Show less" }));
  expect(shown()).toBeLessThan(500);
});
