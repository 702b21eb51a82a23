/** What `bench:panel` does with the panel: the same in every browser and at every size. */
import { setTimeout as wait } from "node:timers/promises";
import { PanelSession } from "../../harness/panel-session.ts";
import { completeAt, firstAnswerAt, foundIn, handling, longTasks, type LongTasks } from "./analysis.ts";
import { adopt } from "./adopt.ts";
import type { MeasuredPanel, Turn } from "./panel-browser.ts";
import type { Totals } from "./totals.ts";
import { FILTERED_TARGET, NEEDLE } from "./traffic.ts";
import type { Notes, Sight } from "./watch-api.ts";

/** Complete is what stays so for this long. */
const STAYS = 1_000;
const PATIENCE = 900_000;
const POLL = 200;
/** As fast as a person types. */
const BETWEEN_KEYS = 150;
const AFTER_JUMP = 200;

/** All times in milliseconds, from the navigation or from the input. */
export interface Opening {
  readonly timeline: number;
  readonly complete: number;
  readonly tasks: LongTasks;
}

export interface Filtering {
  readonly first: number;
  readonly complete: number;
  readonly tasks: LongTasks;
}

export interface Figures {
  readonly file: Opening;
  readonly stored: readonly Opening[];
  readonly heap: number | null;
  readonly filters: readonly { readonly text: string; readonly rounds: readonly Filtering[] }[];
  /** For each key stroke its longest task. */
  readonly keys: readonly number[];
  /** The frames while zooming and panning. */
  readonly draws: readonly number[];
  readonly scrolling: LongTasks;
  readonly jumping: LongTasks;
}

export async function measurePanel(
  panel: MeasuredPanel,
  file: string,
  totals: Totals,
  rounds: number,
): Promise<Figures> {
  const session = new PanelSession(panel.page);
  const opened = await openFile(panel, file, totals);
  await panel.page.evaluate(adopt);
  const stored: Opening[] = [];
  for (let i = 0; i < rounds; i++) stored.push(await reload(panel, totals));
  const heap = await panel.heap();
  await session.tab("messages");
  const filters = [];
  for (const [text, expected] of [
    ["type:invocation", totals.invocations],
    [`target:${FILTERED_TARGET}`, totals.ofTarget],
    [`"${NEEDLE}"`, totals.withNeedle],
  ] as const) {
    const own: Filtering[] = [];
    for (let i = 0; i < rounds; i++) own.push(await filter(panel, text, expected));
    filters.push({ text, rounds: own });
  }
  const keys = await typing(panel, `target:${FILTERED_TARGET}`);
  const scrolling = await scroll(panel);
  const jumping = await jump(panel);
  await session.tab("interruptions");
  return { file: opened, stored, heap, filters, keys, draws: await draw(panel), scrolling, jumping };
}

const isAllThere =
  ({ messages }: Totals) =>
  (sight: Sight): boolean =>
    sight.ready && !sight.busy && sight.messages === messages && sight.hits === "";

async function openFile(panel: MeasuredPanel, file: string, totals: Totals): Promise<Opening> {
  await settled(panel, "the empty panel", ({ ready }) => ready);
  await restart(panel);
  const tasks = await panel.tasksDuring(async () => {
    await panel.page.upload('[data-testid="import-file"]', file);
    await settled(panel, "the file to be open", isAllThere(totals));
  });
  return openingOf(await notesOf(panel), inputAt, isAllThere(totals), tasks);
}

async function reload(panel: MeasuredPanel, totals: Totals): Promise<Opening> {
  const tasks = await panel.tasksDuring(async () => {
    await panel.page.reload();
    await settled(panel, "the recording to be read", isAllThere(totals));
  });
  return openingOf(await notesOf(panel), () => 0, isAllThere(totals), tasks);
}

function openingOf(
  notes: Notes,
  from: (notes: Notes) => number,
  isComplete: (sight: Sight) => boolean,
  tasks: Parameters<typeof longTasks>[0],
): Opening {
  const start = from(notes);
  const complete = completeAt(notes.sights, start, isComplete);
  if (complete === null || notes.timeline === null) throw new Error("The panel never showed the recording.");
  return {
    timeline: notes.timeline - start,
    complete: complete - start,
    tasks: longTasks(tasks, start, complete),
  };
}

async function filter(panel: MeasuredPanel, text: string, expected: number): Promise<Filtering> {
  const isDone = (sight: Sight): boolean => !sight.busy && sight.hits !== "" && foundIn(sight) === expected;
  await restart(panel);
  const tasks = await panel.tasksDuring(async () => {
    await fill(panel, text);
    await settled(panel, `${text} to find ${expected}`, isDone);
  });
  const notes = await notesOf(panel);
  const start = inputAt(notes);
  const complete = completeAt(notes.sights, start, isDone);
  const first = firstAnswerAt(notes.sights, start);
  await clearFilter(panel);
  if (complete === null || first === null) throw new Error(`The filter ${text} showed nothing.`);
  return {
    first: first - start,
    complete: complete - start,
    tasks: longTasks(tasks, start, complete),
  };
}

/** All at once, as by pasting. */
function fill({ page }: MeasuredPanel, text: string): Promise<void> {
  return page.evaluate((wanted) => {
    const field = document.querySelector<HTMLInputElement>('[data-testid="filter"]');
    if (!field) throw new Error("There is no filter.");
    field.value = wanted;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }, text);
}

async function clearFilter(panel: MeasuredPanel): Promise<void> {
  await fill(panel, "");
  await settled(panel, "no filter", ({ busy, hits }) => !busy && hits === "");
}

async function typing(panel: MeasuredPanel, text: string): Promise<number[]> {
  await panel.page.click('[data-testid="filter"]');
  await restart(panel);
  const tasks = await panel.tasksDuring(async () => {
    for (const key of text) {
      await panel.page.press(key);
      await wait(BETWEEN_KEYS);
    }
  });
  const { inputs } = await notesOf(panel);
  if (inputs.length !== text.length) throw new Error(`${inputs.length} of ${text.length} keys arrived`);
  await clearFilter(panel);
  return handling(inputs, tasks, BETWEEN_KEYS);
}

async function scroll(panel: MeasuredPanel): Promise<LongTasks> {
  const turns = (count: number, deltaY: number): Turn[] => Array<Turn>(count).fill({ deltaX: 0, deltaY });
  const at = await middleOf(panel, '[data-testid="message-list"]');
  await restart(panel);
  const tasks = await panel.tasksDuring(async () => {
    await panel.wheel(at, [...turns(60, 300), ...turns(30, -600), ...turns(60, 120)]);
  });
  return longTasks(tasks, 0, Number.POSITIVE_INFINITY);
}

/** As by dragging the scroll bar. */
async function jump(panel: MeasuredPanel): Promise<LongTasks> {
  await restart(panel);
  const tasks = await panel.tasksDuring(async () => {
    for (const share of [1, 0, 0.5, 1, 0.25, 0]) {
      await panel.page.evaluate((part) => {
        const list = document.querySelector('[data-testid="message-list"] [role="rowgroup"]');
        if (!list) throw new Error("There is no list.");
        list.scrollTop = part * (list.scrollHeight - list.clientHeight);
      }, share);
      await wait(AFTER_JUMP);
    }
  });
  return longTasks(tasks, 0, Number.POSITIVE_INFINITY);
}

/** Over the axis the wheel always zooms, sideways it pans. */
async function draw(panel: MeasuredPanel): Promise<number[]> {
  const zoom = (count: number, deltaY: number): Turn[] => Array<Turn>(count).fill({ deltaX: 0, deltaY });
  const pan = (count: number, deltaX: number): Turn[] => Array<Turn>(count).fill({ deltaX, deltaY: 0 });
  const { x, top } = await middleOf(panel, '[data-testid="timeline"]');
  await restart(panel);
  await panel.wheel({ x, y: top + 8 }, [
    ...zoom(15, 120), // out
    ...zoom(20, -120),
    ...pan(20, 60),
    ...pan(20, -60),
    ...zoom(15, -120),
    ...pan(20, 60),
    ...zoom(40, 120),
  ]);
  const { frames } = await notesOf(panel);
  return frames.map(({ duration }) => duration);
}

function middleOf(
  { page }: MeasuredPanel,
  css: string,
): Promise<{ readonly x: number; readonly y: number; readonly top: number }> {
  return page.evaluate((selector) => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    if (!box) throw new Error(`There is no ${selector}.`);
    return {
      x: Math.round(box.x + box.width / 2),
      y: Math.round(box.y + box.height / 2),
      top: Math.round(box.top),
    };
  }, css);
}

const notesOf = ({ page }: MeasuredPanel): Promise<Notes> => page.evaluate(() => window.panelWatch.notes());
const restart = ({ page }: MeasuredPanel): Promise<void> =>
  page.evaluate(() => {
    window.panelWatch.restart();
  });

function inputAt({ inputs }: Notes): number {
  const [input] = inputs;
  if (!input) throw new Error("The input never arrived.");
  return input.t;
}

/** Waits until the panel looks so, and has done so for a while. */
async function settled(
  { page }: MeasuredPanel,
  what: string,
  isSo: (sight: Sight) => boolean,
): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const { now, sight } = await page.evaluate(() => {
        const notes = window.panelWatch.notes();
        return { now: notes.now, sight: notes.sights.at(-1) };
      });
      last = sight;
      if (sight && isSo(sight) && now - sight.t > STAYS) return;
    } catch (error) {
      last = error; // a page that is being loaded, or a browser that is busy
    }
    await wait(POLL);
  }
  throw new Error(
    `waited ${PATIENCE / 1_000} s for ${what}; last: ${String(last instanceof Error ? last : JSON.stringify(last))}`,
  );
}
