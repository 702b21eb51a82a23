/** In the monitor's build in place of `core/model/not-repeated.ts`: which methods the app calls is not noted. */
export const notRepeated = (): null => null;
