/** The page that a tab shows while its own page is suspended in the back/forward cache. It navigates back automatically. */
import { LONGEST_FAULT } from "../core/faults/limits.ts";

const asked = Number(new URLSearchParams(location.search).get("for"));
const duration = asked > 0 ? Math.min(asked, LONGEST_FAULT) : 0;

setTimeout(() => {
  history.back();
}, duration);
