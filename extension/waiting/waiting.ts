/** What a tab shows while its page is suspended in the back/forward cache. It leads back by itself. */
import { LONGEST_FAULT } from "../core/faults/limits.ts";

const asked = Number(new URLSearchParams(location.search).get("for"));
const duration = asked > 0 ? Math.min(asked, LONGEST_FAULT) : 0;

setTimeout(() => {
  history.back();
}, duration);
