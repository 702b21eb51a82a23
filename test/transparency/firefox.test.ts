import { describeTransparency } from "./describe-transparency.ts";

describeTransparency("firefox");
