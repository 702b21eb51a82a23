/** In the monitor's build in place of `core/model/app-code.ts`: the app's code is not watched. */
const nothing = (): void => undefined;

export { nothing as onAppMistake, nothing as onCallSite };
