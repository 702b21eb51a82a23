import type { FaultRun } from "../fault.ts";
import { loseAbruptly } from "../losing/losing.ts";
import { clearNativeTimeout, nativeTimeout, tokenIn } from "../../hook/shared-with-tools.ts";
import { resumeWindowAt } from "../losing/resume-window.ts";

/** The connection is lost, and when the client tries to resume it, the server has already removed it. */
export const missWindow: FaultRun<"miss-window"> = ({ after = 0 }, { fault, targets, finish }) => {
  const lost = targets.map(({ url }) => tokenIn(url)).filter((token) => token !== undefined);
  const longest = Math.max(...targets.map(({ url }) => resumeWindowAt(url)));
  // A hub without stateful reconnect never tries to resume.
  const timer = nativeTimeout(finish, longest + after);
  return {
    begin() {
      for (const connection of targets) loseAbruptly(connection, fault);
    },
    end() {
      clearNativeTimeout(timer);
    },
    connect(_transport, url) {
      const token = tokenIn(url);
      return token !== undefined && lost.includes(token) ? { after } : undefined;
    },
    negotiate() {
      nativeTimeout(finish, 0);
      return undefined;
    },
  };
};
