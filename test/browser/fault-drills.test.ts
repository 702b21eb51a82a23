/** Every fault of the vocabulary, on every transport where it applies: what the app is told, and that nothing is left of it. */
import { describeAiming } from "./drills/aiming.ts";
import { describeLosing } from "./drills/losing.ts";
import { describeRefusing } from "./drills/refusing.ts";
import { describeScene } from "./drills/scene.ts";
import { describeTab } from "./drills/tab.ts";
import { describeTraffic } from "./drills/traffic.ts";

describeScene((scene) => {
  describeLosing(scene);
  describeRefusing(scene);
  describeTraffic(scene);
  describeAiming(scene);
  // Last: it may load the page anew.
  describeTab(scene);
});
