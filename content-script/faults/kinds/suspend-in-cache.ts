import { off, on } from "../../hook/shared-with-tools.ts";
import type { FaultRun } from "../fault.ts";

/** The background navigates the tab away and back. The page only has to notice its return. */
export const suspendInCache: FaultRun<"suspend-in-cache"> = (_command, { finish }) => {
  const back = (event: Event): void => {
    if (event.isTrusted && (event as PageTransitionEvent).persisted) finish();
  };
  on(window, "pageshow", back);
  return {
    end() {
      off(window, "pageshow", back);
    },
  };
};
