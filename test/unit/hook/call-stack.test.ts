// @vitest-environment happy-dom
import "./in-a-page.ts";
import { expect, it } from "vitest";
import { pageFrames } from "../../../content-script/hook/client/call-stack.ts";

it.each([
  [
    "Error\n    at watch (chrome-extension://abc/hook.js:1:2)\n    at start (https://app.test/app.js?token=s3cret:10:5)\n    at https://app.test/?code=s3cret#x:3:1",
    "at start (https://app.test/app.js…:10:5)\nat https://app.test/…:3:1",
  ],
  [
    "St@<anonymous code>:1:9475\nstart@https://app.test/app.js?token=s3cret:10:5\n@https://app.test/#s3cret:3:1\n",
    "start@https://app.test/app.js…:10:5\n@https://app.test/…:3:1",
  ],
  ["Error: a message with s3cret\n    at f (data:text/javascript,s3cret:1:1)", "at f (…"],
  ["Error: nothing else", undefined],
])("has the page's frames without their secrets: %j", (stack, frames) => {
  expect(pageFrames(stack)).toBe(frames);
});
