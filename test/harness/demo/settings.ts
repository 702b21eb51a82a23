/**
 * What the user can switch on the page. The URL's query sets the initial values: `?reconnect=0&jitter=1&rejoin=0&hub=URL`. With
 * `retry=300` the client retries at once and then every 300 ms, so that tests don't wait long for a retry.
 */
export interface Settings {
  reconnect: boolean;
  jitter: boolean;
  rejoin: boolean;
  /** Delay between retries in milliseconds; undefined for the client's default. */
  retry: number | undefined;
  hub: string;
}

export function settingsFromQuery(query: URLSearchParams, hubUrl: string): Settings {
  return {
    reconnect: query.get("reconnect") !== "0",
    jitter: query.get("jitter") === "1",
    rejoin: query.get("rejoin") !== "0",
    retry: query.has("retry") ? Number(query.get("retry")) : undefined,
    hub: query.get("hub") ?? hubUrl,
  };
}

/** Fills the form, and calls back with the settings and the name of the changed one after each change. */
export function bindSettings(
  form: HTMLFormElement,
  settings: Settings,
  onChange: (settings: Settings, changed: keyof Settings) => void,
): void {
  for (const name of ["reconnect", "jitter", "rejoin"] as const) {
    const toggle = input(form, name);
    toggle.checked = settings[name];
    toggle.addEventListener("change", () => {
      settings[name] = toggle.checked;
      onChange(settings, name);
    });
  }
  const hub = input(form, "hub");
  hub.value = settings.hub;
  hub.addEventListener("change", () => {
    if (!hub.reportValidity()) return;
    settings.hub = hub.value;
    onChange(settings, "hub");
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

function input(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}
