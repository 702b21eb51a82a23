/** It has no types of its own. */
declare module "har-validator" {
  /** @returns the same; rejects with what is wrong with it */
  export function har(data: unknown): Promise<unknown>;
}
