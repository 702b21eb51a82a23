/**
 * Keeps the events until their interruptions were told, and has the judge find the causes. The judge is a script of its own, which may not
 * be there yet: a network that is down can't load it. So events wait for it, and it judges when it has come.
 */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { SocketId } from "../../../extension/core/ids.ts";
import type { EpochMilliseconds, Milliseconds } from "../../../extension/core/units.ts";
import type { Judge } from "../judge/main.ts";
import type { Trouble } from "../judge/trouble.ts";
import type { NotedMessages } from "./noted-messages.ts";

type CreateJudge = (noted: ReadonlyMap<SocketId, NotedMessages>) => Judge;

export interface JudgingPorts {
  readonly noted: ReadonlyMap<SocketId, NotedMessages>;
  load(): Promise<CreateJudge>;
  /** What is known without a judge. */
  unjudged(): readonly Trouble[];
  tell(trouble: Trouble): void;
  /** Everything is told: the page is described anew, and events until now aren't needed any more. */
  startOver(): void;
  after(wait: Milliseconds, run: () => void): void;
  now(): EpochMilliseconds;
}

export interface Judging {
  take(event: RecordedEvent): void;
  /** There is something to judge. */
  want(): void;
  /** Whether it waits for the judge. */
  readonly wanted: boolean;
  /**
   * Loads the judge, if it isn't there yet. Call it when the network is known to be there: Firefox remembers for the life of a page that
   * a script could not be loaded. Never rejects.
   */
  load(): Promise<void>;
  /** Tells what is over. @param patient only what is over for a while: later events may change a verdict */
  tellEnded(patient?: boolean): void;
  /** Tells what goes on, too: the page is left. */
  tellAll(): void;
  startOver(): void;
}

/** The tries of other connections that were lost at the same time are a part of a verdict. */
const SETTLED: Milliseconds = 15_000;
/** Events of one model: when there are more, and nothing goes on, it starts over. */
const MANY = 3_000;
/** The same, whatever goes on. */
const MOST = 6_000;
const MOST_TRIES = 5;
const PATIENCE: Milliseconds = 30_000;
const SOON: Milliseconds = 1_000;

export function createJudging(ports: JudgingPorts): Judging {
  let events: RecordedEvent[] = [];
  /** Since it has started over. */
  let count = 0;
  let create: CreateJudge | undefined;
  let judge: Judge | undefined;
  let told = new Set<string>();
  let wanted = false;
  let loading: Promise<void> | undefined;
  let tries = 0;
  let isDue = false;

  const given = (): Judge | undefined => {
    judge ??= create?.(ports.noted);
    if (judge && events.length > 0) {
      const next = events;
      events = [];
      judge.apply(next);
    }
    return judge;
  };
  /** @returns whether nothing is left that has to be told */
  const tell = (isTold: (until: EpochMilliseconds | null) => boolean): boolean => {
    const known = given();
    const pending = known ? known.troubles() : ports.unjudged().map((one) => ({ ...one, judged: () => one }));
    let left = false;
    for (const { key, until, judged } of pending) {
      if (told.has(key)) continue;
      if (!isTold(until)) left = true;
      else {
        told.add(key);
        ports.tell(judged());
      }
    }
    return !left;
  };
  const self: Judging = {
    get wanted() {
      return wanted && !create;
    },
    take(event) {
      events.push(event);
      count++;
      if (count >= MANY) {
        if (count >= MOST) self.tellAll();
        if (count >= MOST || (count % 100 === 0 && tell((until) => until !== null))) self.startOver();
      }
      if (judge) settle();
    },
    want() {
      if (wanted) return;
      wanted = true;
      // Nothing was heard of any server: it may have been the last we can do.
      ports.after(PATIENCE, () => void self.load());
    },
    load() {
      if (create || tries >= MOST_TRIES) return Promise.resolve();
      loading ??= ports
        .load()
        .then(
          (loaded) => {
            create = loaded;
            settle();
          },
          () => {
            tries++;
          },
        )
        .then(() => {
          loading = undefined;
        });
      return loading;
    },
    tellEnded(patient = false) {
      // It may still come.
      if (!create && tries < MOST_TRIES) return;
      const before = ports.now() - (patient ? SETTLED : 0);
      tell((until) => until !== null && until <= before);
    },
    tellAll() {
      tell(() => true);
    },
    startOver() {
      events = [];
      count = 0;
      judge = undefined;
      told = new Set();
      ports.startOver();
    },
  };
  return self;

  function settle(): void {
    if (isDue) return;
    isDue = true;
    ports.after(SOON, () => {
      isDue = false;
      given();
      self.tellEnded(true);
      // What has just ended is told later.
      if (
        given()
          ?.troubles()
          .some(({ key, until }) => until !== null && !told.has(key))
      )
        settle();
    });
  }
}
