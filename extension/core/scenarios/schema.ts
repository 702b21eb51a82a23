/** The JSON schema of a scenario, for editors: from the same tables as the check. */
import type { FaultDetails } from "../faults/fault-details.ts";
import { LARGEST_SEED, LONGEST_ADDRESS } from "../faults/limits.ts";
import type { ParameterTable } from "../faults/parameter.ts";
import { objectSchema, parameterSchema, type Schema } from "../faults/schema.ts";
import { FAULT_DETAILS, FAULTS, LONGEST_FAULT, type FaultName } from "../faults/vocabulary.ts";
import { EXPECTATIONS } from "./expectations.ts";
import { CONDITIONS, MAX_STEPS, NEEDS } from "./scenario.ts";

const time: Schema = { type: "number", exclusiveMinimum: 0, maximum: LONGEST_FAULT };
const text = (maxLength: number): Schema => ({ type: "string", minLength: 1, maxLength });
const plain = (
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = Object.keys(properties),
): Schema => ({ type: "object", properties, required, additionalProperties: false });

const TARGETS: Readonly<Record<"page" | "hub" | "share", Schema>> = {
  page: plain({ scope: { const: "page" } }),
  hub: plain({
    scope: { const: "hub" },
    url: { type: "string", pattern: "^https?://[^?#]+$", maxLength: LONGEST_ADDRESS },
  }),
  share: plain({
    scope: { const: "share" },
    percent: { type: "number", exclusiveMinimum: 0, maximum: 100 },
    seed: { type: "integer", minimum: 0, maximum: LARGEST_SEED },
  }),
};

function faultSchemas(name: FaultName): { fault: Schema; quick: Schema } {
  const kind: FaultDetails = FAULT_DETAILS[name];
  const target: Schema = {
    description: "If omitted: the target of the run.",
    oneOf: kind.scopes.flatMap((scope) => (scope === "connection" ? [] : [TARGETS[scope]])),
  };
  const fault = objectSchema({ name: { const: name } }, kind.parameters, { target });
  const times = Object.entries(kind.parameters).filter(
    ([, parameter]) => parameter.kind === "duration" || parameter.kind === "delay",
  );
  const quick = plain(
    Object.fromEntries(times.map(([key, parameter]) => [key, parameterSchema(parameter)])),
    [],
  );
  return { fault: { title: FAULTS[name].title, description: kind.description, ...fault }, quick };
}

export function scenarioSchema(): Schema {
  const injects = (Object.keys(FAULT_DETAILS) as FaultName[]).map((name): Schema => {
    const { fault, quick } = faultSchemas(name);
    return plain({ do: { const: "inject" }, fault, as: text(60), quick }, ["do", "fault"]);
  });
  const expects = Object.entries(EXPECTATIONS).map(([that, { title, say, parameters }]): Schema => ({
    title,
    description: say,
    ...objectSchema({ do: { const: "expect" }, that: { const: that } }, parameters as ParameterTable),
  }));
  const others: Schema[] = [
    plain({ do: { const: "end" }, fault: text(60) }, ["do"]),
    plain({
      do: { const: "wait" },
      for: { enum: CONDITIONS.filter((condition) => condition !== "attempts") },
      limit: time,
    }),
    plain({
      do: { const: "wait" },
      for: { const: "attempts" },
      count: { type: "integer", minimum: 1, maximum: 1_000 },
      limit: time,
    }),
    plain({ do: { const: "pause" }, time, quick: time }, ["do", "time"]),
  ];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A scenario of Hubscope",
    ...plain(
      {
        $schema: { type: "string" },
        scenario: { const: 1 },
        name: { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 60 },
        title: text(80),
        say: text(400),
        differs: { type: "array", items: text(400), maxItems: 20 },
        needs: {
          type: "array",
          items: { enum: NEEDS },
          maxItems: NEEDS.length,
        },
        steps: {
          type: "array",
          minItems: 1,
          maxItems: MAX_STEPS,
          items: { oneOf: [...injects, ...others, ...expects] },
        },
      },
      ["scenario", "name", "title", "say", "steps"],
    ),
  };
}
