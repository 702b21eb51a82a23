/** What the page's Content Security Policy blocks while the doctor runs. */
import { originOf } from "../../extension/core/protocol/addresses.ts";
import { off, on } from "../hook/shared-with-tools.ts";

export interface PolicyWatch {
  /** The directive that blocked a request to this host since `from`. undefined: none did. */
  blockedSince(from: number, url: string): string | undefined;
  stop(): void;
}

export function watchPolicy(): PolicyWatch {
  const violations: { readonly at: number; readonly origin: string; readonly directive: string }[] = [];
  const hear = (event: Event): void => {
    const { blockedURI, effectiveDirective, disposition } = event as SecurityPolicyViolationEvent;
    if (disposition === "enforce")
      violations.push({ at: performance.now(), origin: originOf(blockedURI), directive: effectiveDirective });
  };
  on(document, "securitypolicyviolation", hear);
  return {
    blockedSince: (from, url) =>
      violations.find(({ at, origin }) => at >= from && origin === originOf(url))?.directive,
    stop() {
      off(document, "securitypolicyviolation", hear);
    },
  };
}
