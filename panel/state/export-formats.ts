/** The files that a recording can be written to, in the order in which they are offered. The writers are in files/export-file.ts. */
interface ExportFormat {
  /** The file extension, without the first dot. */
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  /** Whether it contains message payloads, if the user wants them. */
  readonly payloads: boolean;
}

export const EXPORT_FORMATS = [
  {
    kind: "html",
    title: "HTML report",
    description:
      "Timeline, interruptions with evidence, ids and times to match with server logs; never message payloads. Opens in any browser, without Hubscope.",
    payloads: false,
  },
  {
    kind: "json",
    title: "Recording",
    description: "All events. Opens in this panel and in other tools.",
    payloads: true,
  },
  {
    kind: "json.gz",
    title: "Recording, compressed",
    description: "The same, in about a tenth of the size.",
    payloads: true,
  },
] as const satisfies readonly ExportFormat[];

export type ExportKind = (typeof EXPORT_FORMATS)[number]["kind"];
