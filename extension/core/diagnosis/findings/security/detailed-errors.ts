import { CLOSE, COMPLETION } from "../../../protocol/terms.ts";
import type { HubConnectionModel } from "../../../model/types.ts";
import { counted } from "../../../text/format.ts";
import { named } from "../named.ts";
import type { EpochMilliseconds } from "../../../units.ts";
import { cantTell, DOCS, found, notApplicable, ok, type FindingKind } from "../finding.ts";
import { isInjected, isLocal } from "../natural.ts";

/** ASP.NET Core adds the exception's type and text. A HubException is meant for the client, and always added. */
const DETAIL =
  /(?:on the server|closed with an error|while closing the connection)\.?,? (?!HubException\b)([A-Z]\w*Exception): /;

export const detailedErrors: FindingKind = {
  group: "security",
  subject: "Details of errors",
  title: "The server sends details of its exceptions",
  when: "the text of an error names an exception other than HubException, and the server isn't on this computer",
  why: "Texts of exceptions tell strangers about the server's inside: tables, file names, addresses. EnableDetailedErrors is meant for development.",
  link: `${DOCS}aspnet/core/signalr/security#exceptions`,
  scenario: null,
  check(history) {
    const { hubs, url, from } = history;
    if (isLocal(url)) return notApplicable("The server is on this computer: details help there.");
    const errors = hubs
      .flatMap((hub) => errorsOf(hub, from))
      .filter(({ hub, t }) => !isInjected(history, hub, t));
    if (errors.length === 0)
      return cantTell("No error of the server was recorded with its text: that needs an open panel.");
    const detailed = errors.flatMap((one) => {
      const type = DETAIL.exec(one.error)?.[1];
      return type === undefined ? [] : [{ ...one, type }];
    });
    const [first] = detailed;
    if (!first) return ok(`${counted(errors.length, "error")} of the server, without details.`);
    const types = [...new Set(detailed.map(({ type }) => type))];
    return found(
      "medium",
      `${counted(detailed.length, "error")} of ${errors.length} told the type and the text of an exception: ${types.slice(0, 3).map(named).join(", ")}.`,
      {
        measured: [
          { label: "Errors with details", value: detailed.length, unit: "count" },
          { label: "Errors", value: errors.length, unit: "count" },
        ],
        moments: detailed.map(({ t, hub, type }) => ({
          t,
          hubKey: hub.key,
          text: `${named(type)} with its text`,
        })),
        changes: [
          {
            where: "server",
            text: "Switch detailed errors on in development only, and throw HubException for what users shall read.",
            snippet: {
              language: "cs",
              code: "builder.Services.AddSignalR(options =>\n    options.EnableDetailedErrors = builder.Environment.IsDevelopment());",
            },
          },
        ],
      },
    );
  },
};

interface Told {
  readonly hub: HubConnectionModel;
  readonly t: EpochMilliseconds;
  readonly error: string;
}

function errorsOf(hub: HubConnectionModel, from: EpochMilliseconds): Told[] {
  const { messages } = hub;
  const errors: Told[] = [];
  for (let i = messages.firstFrom(from); i < messages.length; i++) {
    const { direction, type, error } = messages.headAt(i);
    if (direction === "in" && (type === COMPLETION || type === CLOSE) && error)
      errors.push({ hub, t: messages.timeAt(i), error });
  }
  return errors;
}
