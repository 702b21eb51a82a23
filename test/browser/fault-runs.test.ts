/** Every fault, on every transport where it applies: what the app sees, and that the fault leaves nothing behind. */
import { describeTargets } from "./fault-runs/targets.ts";
import { describeLosing } from "./fault-runs/losing.ts";
import { describeRefusing } from "./fault-runs/refusing.ts";
import { describeScene } from "./fault-runs/scene.ts";
import { describeTab } from "./fault-runs/tab.ts";
import { describeTraffic } from "./fault-runs/traffic.ts";

describeScene((scene) => {
  describeLosing(scene);
  describeRefusing(scene);
  describeTraffic(scene);
  describeTargets(scene);
  // These come last, as they may reload the page.
  describeTab(scene);
});
