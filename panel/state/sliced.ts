/** Long work in slices: between them the browser draws and handles input. */

/** Half of a frame: the rest of it is for drawing. */
const SLICE = 8;

export interface Slices {
  /** Whether the current slice is used up. */
  isOver(): boolean;
  /** Resolves at once while there is time left in the slice; else in a new task. */
  next(): Promise<void>;
  /** Resolves in a new task: for what needs a slice of its own. */
  begin(): Promise<void>;
}

export function sliced(length = SLICE): Slices {
  let began = performance.now();
  const isOver = (): boolean => performance.now() - began > length;
  const begin = async (): Promise<void> => {
    await newTask();
    began = performance.now();
  };
  return {
    isOver,
    async next() {
      if (isOver()) await begin();
    },
    begin,
  };
}

/** A message is a task of its own, and isn't delayed as timers are. */
export const newTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
