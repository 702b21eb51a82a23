/** The paths of an icon in a box of 16 px. `d` is stroked (1.5 px, round ends), `f` is filled. */
export interface Shape {
  readonly d: string;
  readonly f?: string;
  readonly dash?: string;
}

/** The icons of the panel's first view; the others are in `deferred-icons.tsx`. */
export const ICONS = {
  record: {
    d: "M8 2.75a5.25 5.25 0 1 1 0 10.5 5.25 5.25 0 0 1 0-10.5z",
    f: "M8 5.25a2.75 2.75 0 1 1 0 5.5 2.75 2.75 0 0 1 0-5.5z",
  },
  clear: { d: "M8 2.75a5.25 5.25 0 1 1 0 10.5 5.25 5.25 0 0 1 0-10.5zM4.4 11.6l7.2-7.2" },
  search: { d: "M7 2.75a4.25 4.25 0 1 1 0 8.5 4.25 4.25 0 0 1 0-8.5zM10.2 10.2l3.3 3.3" },
  bolt: { d: "M8.9 1.9 3.7 9.1h3.6L6.6 14.1l5.7-7.6H8.5z" },
  moon: { d: "M13 9.6A5.5 5.5 0 1 1 6.4 3a4.4 4.4 0 0 0 6.6 6.6z" },
  export: { d: "M8 9.75V2.5M5.25 5 8 2.25 10.75 5M3 9.5v3.25c0 .4.3.75.75.75h8.5c.4 0 .75-.35.75-.75V9.5" },
  settings: {
    d: "M2.5 4.75h5.25M11.75 4.75h1.75M2.5 11.25h1.75M8.25 11.25h5.25M9.75 2.85a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8zM6.25 9.35a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8z",
  },
  down: { d: "m4.75 6.5 3.25 3.25 3.25-3.25" },
  right: { d: "m6.5 4.75 3.25 3.25-3.25 3.25" },
  copy: {
    d: "M7 5.75h5c.7 0 1.25.55 1.25 1.25v5c0 .7-.55 1.25-1.25 1.25H7c-.7 0-1.25-.55-1.25-1.25V7c0-.7.55-1.25 1.25-1.25zM3.5 10.25h-.25a.9.9 0 0 1-.9-.9V3.6c0-.5.4-.9.9-.9H9a.9.9 0 0 1 .9.9v.15",
  },
  close: { d: "m4.25 4.25 7.5 7.5M11.75 4.25l-7.5 7.5" },
  tick: { d: "m3.25 8.5 3.1 3.1 6.4-7" },
  bad: { d: "M5.6 2.4h4.8l3.2 3.2v4.8l-3.2 3.2H5.6l-3.2-3.2V5.6zM6 6l4 4M10 6l-4 4" },
  warn: { d: "M8 2.4 14 13H2zM8 6.5v2.9M8 11.2v.1" },
  note: { d: "M8 2.25a5.75 5.75 0 1 1 0 11.5 5.75 5.75 0 0 1 0-11.5zM8 7.5v3.25M8 5.2v.1" },
  open: {
    d: "M2.25 12.25v-8c0-.4.35-.75.75-.75h3l1.5 1.75h5c.4 0 .75.35.75.75v1M2.25 12.25l1.7-4.6c.1-.25.4-.4.65-.4h9.15l-1.6 4.85a.75.75 0 0 1-.7.5H2.75",
  },
  in: { d: "M8 2.75v9.5M4.5 8.75 8 12.25l3.5-3.5" },
  out: { d: "M8 13.25v-9.5M4.5 7.25 8 3.75l3.5 3.5" },
  split: {
    d: "M3.5 2.75h9c.7 0 1.25.55 1.25 1.25v8c0 .7-.55 1.25-1.25 1.25h-9c-.7 0-1.25-.55-1.25-1.25V4c0-.7.55-1.25 1.25-1.25zM2.25 8.5h11.5",
  },
  more: {
    d: "",
    f: "M8 2.9a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4zM8 6.8a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4zM8 10.7a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4z",
  },
  file: { d: "M4.25 2.25h4.5l3.5 3.5v7c0 .55-.45 1-1 1h-7a1 1 0 0 1-1-1v-9.5c0-.55.45-1 1-1zM8.5 2.5V6H12" },
} as const satisfies Record<string, Shape>;

interface Props<Name extends string> {
  readonly name: Name;
  readonly small?: boolean;
}

/** @returns a component that draws any icon of the given set */
export const iconsOf =
  <Name extends string>(shapes: Readonly<Record<Name, Shape>>) =>
  ({ name, small }: Props<Name>) => {
    const { d, dash, f } = shapes[name];
    return (
      <svg class={small ? "icon s" : "icon"} viewBox="0 0 16 16" aria-hidden="true">
        {d && <path d={d} stroke-dasharray={dash} />}
        {f && <path d={f} fill="currentColor" stroke="none" />}
      </svg>
    );
  };

export const Icon = iconsOf(ICONS);
