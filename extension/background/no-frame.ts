/** In place of a frame's id: a worker is in none. */
export const NO_FRAME = -1;
