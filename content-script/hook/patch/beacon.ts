/** Blazor's beacon when its page is left. Only pages with a circuit are hooked. */
import { apply, guarded, wrap } from "../../sentinel/shared-with-hook.ts";
import { patchValue } from "./replace.ts";

/** @param left called before the beacon is sent */
export function hookBeacon(left: () => void): void {
  patchValue(Navigator.prototype, "sendBeacon", (native: Navigator["sendBeacon"]) =>
    wrap(native, {
      apply(target, thisArg, args) {
        guarded(() => {
          if (isDisconnect(args[0])) left();
        });
        return apply(target, thisArg, args) as boolean;
      },
    }),
  );
}

const isDisconnect = (url: unknown): boolean =>
  typeof url === "string" && /(?:^|\/)_blazor\/disconnect$/.test(url);
