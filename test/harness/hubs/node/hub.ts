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

  /** For a client result. The `s` keeps it apart from the ids that clients give. */
  nextInvocationId(): string {
    return `s${++this.#lastInvocationId}`;
  }

  /** Names are matched without regard to case, as in ASP.NET Core. */
  method(name: string): HubMethod | undefined {
    return this.#methods.get(name.toLowerCase());
  }
}
