/** All provocations. */
import { AT_THE_SERVER } from "./at-the-server.ts";
import { AT_THE_START } from "./at-the-start.ts";
import { BEHIND_A_GATEWAY } from "./behind-a-gateway.ts";
import { BLAZOR } from "./blazor.ts";
import { BROWSER_EVIDENCE } from "./browser-evidence.ts";
import { BY_THE_APP } from "./by-the-app.ts";
import { HANGS } from "./hangs.ts";
import { ON_THE_WAY } from "./on-the-way.ts";
import { OVER_HTTP } from "./over-http.ts";
import type { AnyProvocation } from "./provocation.ts";

export const PROVOCATIONS: readonly AnyProvocation[] = [
  ...AT_THE_START,
  ...AT_THE_SERVER,
  ...OVER_HTTP,
  ...ON_THE_WAY,
  ...BY_THE_APP,
  ...BEHIND_A_GATEWAY,
  ...HANGS,
  ...BROWSER_EVIDENCE,
  ...BLAZOR,
];
