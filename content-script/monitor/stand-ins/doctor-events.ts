/** In the monitor's build in place of `core/model/doctor-events.ts`: there is no connection doctor. */
export const onDoctor = (): void => undefined;
