import { Groups } from "./groups.ts";
import type { HubMethod } from "./hub-method.ts";

/** One hub of the server: its methods and its groups. */
export class Hub {
  readonly groups = new Groups();
  readonly #methods: ReadonlyMap<string, HubMethod>;

  #lastInvocationId = 0;

  constructor(methods: Readonly<Record<string, HubMethod>>) {
    this.#methods = new Map(Object.entries(methods).map(([name, method]) => [name.toLowerCase(), method]));
  }

  /** The id of a call to a client. The `s` distinguishes it from ids that clients choose. */
  nextInvocationId(): string {
    return `s${++this.#lastInvocationId}`;
  }

  /** Method names are case-insensitive, as in ASP.NET Core. */
  method(name: string): HubMethod | undefined {
    return this.#methods.get(name.toLowerCase());
  }
}
