/**
 * Runs in the panel's page before the panel itself. It notes when something that a user sees has changed, and how long the callbacks
 * of animation frames take. It knows nothing of how the panel works.
 */
import type { Frame, Input, Sight, Task } from "./watch-api.ts";

/** Gaps between beats that are shorter aren't noted. */
const NOTABLE = 8;
const BUSY = ['[data-testid="reading"]', '.notices [role="progressbar"]', '[aria-busy="true"]'].join();

const now = (): number => performance.now();
const find = (testId: string): HTMLElement | null => document.querySelector(`[data-testid="${testId}"]`);

let sights: Sight[] = [];
let inputs: Input[] = [];
let frames: Frame[] = [];
let gaps: Task[] = [];
let timeline: number | null = null;
/** Of the current animation frame. */
let frame = { time: -1, t: 0, duration: 0 };

const see = (): void => {
  const messages = find("counters")?.dataset["messages"];
  const sight: Sight = {
    t: now(),
    ready: find("panel")?.dataset["ready"] === "true",
    busy: document.querySelector(BUSY) !== null,
    messages: messages === undefined ? null : Number(messages),
    progress: document.querySelector(".mfoot") !== null,
    hits: find("filter-hits")?.textContent ?? "",
  };
  const last = sights.at(-1);
  if (last && JSON.stringify({ ...last, t: 0 }) === JSON.stringify({ ...sight, t: 0 })) return;
  sights.push(sight);
};
new MutationObserver(see).observe(document, {
  subtree: true,
  childList: true,
  characterData: true,
  attributeFilter: ["data-ready", "data-messages", "aria-busy"],
});

/** Whether there is anything on the canvas at the height of a hub connection's lanes. */
const showsLanes = (): boolean => {
  const canvas = find("timeline")?.querySelector("canvas");
  const group = find("hub-group")?.getBoundingClientRect();
  if (!canvas || !group || canvas.width === 0 || group.height === 0) return false;
  const box = canvas.getBoundingClientRect();
  const density = canvas.height / box.height;
  // A small copy: reading the canvas itself would change how the browser keeps it.
  const copy = new OffscreenCanvas(64, 16);
  const pen = copy.getContext("2d", { willReadFrequently: true });
  const [y, height] = [(group.top - box.top) * density, group.height * density];
  pen?.drawImage(canvas, 0, y, canvas.width, height, 0, 0, copy.width, copy.height);
  return pen?.getImageData(0, 0, copy.width, copy.height).data.some((value) => value > 0) ?? false;
};

const nativeRequest = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) =>
  nativeRequest((time) => {
    const began = now();
    if (frame.time !== time) {
      if (frame.time >= 0) frames.push({ t: frame.t, duration: frame.duration });
      frame = { time, t: began, duration: 0 };
    }
    callback(time);
    const ended = now();
    frame.duration += ended - began;
    if (timeline === null && showsLanes()) timeline = ended;
  });

for (const type of ["input", "change"])
  addEventListener(
    type,
    ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      if (target.type === "file" && type === "change") inputs.push({ kind: "file", t: now() });
      if (target.dataset["testid"] === "filter" && type === "input")
        inputs.push({ kind: "filter", t: now() });
    },
    { capture: true },
  );

if (!PerformanceObserver.supportedEntryTypes.includes("longtask")) {
  let last = now();
  const beat = (): void => {
    const t = now();
    if (t - last > NOTABLE) gaps.push({ from: last, to: t });
    last = t;
    setTimeout(beat);
  };
  beat();
}

window.panelWatch = {
  notes: () => ({
    now: now(),
    sights,
    inputs,
    frames: frame.time < 0 ? frames : [...frames, { t: frame.t, duration: frame.duration }],
    timeline,
    gaps,
  }),
  restart() {
    sights = sights.slice(-1);
    inputs = [];
    frames = [];
    gaps = [];
    frame = { time: -1, t: 0, duration: 0 };
  },
};
