/** Checks a message's recipient and type. */
import { isObject } from "../core/is-object.ts";
import type {
  BackgroundToDevtools,
  BackgroundToPanel,
  BackgroundToRelay,
  PanelToBackground,
} from "./extension.ts";

const OF_PANEL: Readonly<Record<PanelToBackground["type"], true>> = {
  "panel-open": true,
  "panel-closed": true,
  "open-window": true,
  inject: true,
  "end-fault": true,
  doctor: true,
  "end-doctor": true,
  reload: true,
  "settings-changed": true,
  "store-changed": true,
  session: true,
  "tab-site": true,
};

/** Only for messages of the extension's own pages, as guaranteed by the browser: so only the type is checked. */
export const isPanelToBackground = (message: unknown): message is PanelToBackground =>
  isMessage(message, "background", OF_PANEL);

const TO_RELAY: Readonly<Record<BackgroundToRelay["type"], true>> = {
  "mode-changed": true,
  "start-over": true,
  lease: true,
  network: true,
  worker: true,
  inject: true,
  "end-fault": true,
  doctor: true,
  "end-doctor": true,
};

/** Only our extension can send to its content scripts. */
export const isToRelay = (message: unknown): message is BackgroundToRelay =>
  isMessage(message, "relay", TO_RELAY);

const TO_PANEL: Readonly<Record<BackgroundToPanel["type"], true>> = {
  stored: true,
  "recordings-changed": true,
  full: true,
};

export const isToPanel = (message: unknown): message is BackgroundToPanel =>
  isMessage(message, "panel", TO_PANEL);

const TO_DEVTOOLS: Readonly<Record<BackgroundToDevtools["type"], true>> = {
  worker: true,
  "mode-changed": true,
};

export const isToDevtools = (message: unknown): message is BackgroundToDevtools =>
  isMessage(message, "devtools", TO_DEVTOOLS);

const isMessage = (message: unknown, to: string, types: Readonly<Record<string, true>>): boolean =>
  isObject(message) &&
  message["to"] === to &&
  typeof message["type"] === "string" &&
  Object.hasOwn(types, message["type"]);
