/** What a run of the connection doctor says: works, works not, and whose problem that is. Types only. */

/**
 * "app": the page's own code or policy; "server": the hub's server; "between": a proxy, load balancer or firewall on the way, or
 * the network.
 */
export type Place = "app" | "server" | "between";

/** What is judged, in the order in which it is shown. */
export const DOCTOR_TOPICS = [
  "reach",
  "token",
  "websockets",
  "event-streams",
  "long-polling",
  "protocols",
  "sticky",
  "beside-app",
  "stateful",
  "keep-alive",
  "stay",
  "size",
  "speed",
] as const;
export type DoctorTopic = (typeof DOCTOR_TOPICS)[number];

interface Said {
  readonly topic: DoctorTopic;
  /** A short heading: "WebSockets are blocked on the way". */
  readonly title: string;
  /** What was measured, in a sentence or two. */
  readonly say: string;
}

export interface DoctorProblem extends Said {
  readonly result: "problem";
  readonly where: Place;
  readonly confidence: "high" | "medium" | "low";
  /** What to change. */
  readonly advice: string;
  /** A setting to paste, named exactly. */
  readonly snippet?: { readonly language: "nginx" | "C#" | "TypeScript" | "HTTP"; readonly code: string };
  /** A public page. */
  readonly link?: string;
}

/** "note": no problem, but worth knowing; "cant-tell": why, in `say`. */
export interface DoctorNote extends Said {
  readonly result: "fine" | "note" | "cant-tell";
}

export type DoctorVerdict = DoctorProblem | DoctorNote;

export interface DoctorReport {
  /** One line: whose problem it is, or that everything works from here. */
  readonly headline: string;
  /** Where the worst problem is. null: none was found. */
  readonly where: Place | null;
  /** One for each topic that was tried, in the order of the topics. */
  readonly verdicts: readonly DoctorVerdict[];
}
