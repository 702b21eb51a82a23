/** In the monitor's build in place of `hook/client/hub-app.ts`: what the app's code does is not watched. */
import type { AppWatch } from "../../hook/client/hub-app.ts";

const nothing = (): void => undefined;

export const watchApp = (): AppWatch => ({ changed: nothing, release: nothing, watch: nothing });
