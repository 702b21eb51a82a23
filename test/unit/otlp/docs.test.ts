/** docs/opentelemetry.md against the code, and its collector's configuration against the keys that the components have. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ATTRIBUTE_NAMES } from "../../../extension/otlp/attribute-names.ts";
import type { LogsRequest, MetricsRequest } from "../../../extension/otlp/types.ts";
import { projectRoot } from "../../../scripts/paths.ts";
import { keptRecordings, written } from "../export/written.ts";

const page = readFileSync(path.join(projectRoot, "docs/opentelemetry.md"), "utf8");
const blocks = (language: string): string[] =>
  [...page.matchAll(/^```(\w*)\n(.*?)^```/gms)].flatMap(([, of, code = ""]) =>
    of === language ? [code] : [],
  );

const lines = (text: string): unknown[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);

describe("docs/opentelemetry.md", () => {
  it("describes each attribute, and no other", () => {
    const described = [...page.matchAll(/^\| `([a-z_.]+)` +\|/gm)].map(([, name]) => name);
    expect(described.toSorted()).toEqual([...ATTRIBUTE_NAMES].toSorted());
  });

  it("names every log record and metric of the kept recordings", async () => {
    const found = new Set<string>();
    for (const [, pieces] of keptRecordings()) {
      for (const line of lines(await written("logs.otlp.jsonl", pieces)) as LogsRequest[])
        for (const { logRecords } of line.resourceLogs[0]?.scopeLogs ?? [])
          for (const { eventName } of logRecords) found.add(eventName);
      for (const line of lines(await written("metrics.otlp.jsonl", pieces)) as MetricsRequest[])
        for (const { metrics } of line.resourceMetrics[0]?.scopeMetrics ?? [])
          for (const { name } of metrics) found.add(name);
    }
    expect(found.size).toBeGreaterThan(12);
    for (const name of found) {
      const [short] = /[^.]+$/.exec(name) ?? [];
      expect(page.includes(`\`${name}\``) || page.includes(`\`.${short ?? ""}\``), name).toBe(true);
    }
  });

  it("asks in its queries only for attributes that there are", () => {
    const queries = ["sql", "kusto", "", "yaml"].flatMap(blocks).join("\n");
    const asked = [...queries.matchAll(/(?:hubscope|service|signalr|rpc)\.[a-z_]+(?:\.[a-z_]+)*/g)].map(
      ([name]) => name,
    );
    expect(asked.length).toBeGreaterThan(15);
    const known: readonly string[] = ATTRIBUTE_NAMES;
    expect(asked.filter((name) => !known.includes(name))).toEqual([]);
  });
});

/** By the config.schema.yaml of each component (opentelemetry-collector and -contrib, main in 2026). */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "receivers/otlp/protocols/http": "endpoint cors auth tls max_request_body_size include_metadata".split(" "),
  "receivers/otlp/protocols/http/cors": "allowed_origins allowed_headers exposed_headers max_age".split(" "),
  "processors/memory_limiter": "check_interval limit_mib spike_limit_mib".split(" "),
  "processors/batch": "timeout send_batch_size send_batch_max_size".split(" "),
  "exporters/clickhouse":
    "endpoint database username password ttl create_schema async_insert compress timeout sending_queue retry_on_failure".split(
      " ",
    ),
  "exporters/otlp_grpc/tempo": "endpoint tls headers compression timeout sending_queue".split(" "),
  "exporters/otlp_grpc/tempo/tls": ["insecure", "ca_file", "cert_file", "key_file"],
  "exporters/azure_monitor": "connection_string maxbatchsize maxbatchinterval sending_queue".split(" "),
};

interface Configuration {
  readonly receivers: Readonly<Record<string, unknown>>;
  readonly processors: Readonly<Record<string, unknown>>;
  readonly exporters: Readonly<Record<string, unknown>>;
  readonly service: {
    readonly pipelines: Readonly<
      Record<string, Readonly<Record<"receivers" | "processors" | "exporters", readonly string[]>>>
    >;
  };
}

describe("the collector's configuration", () => {
  const [text = ""] = blocks("yaml");
  const configuration = parse(text) as Configuration;
  const { pipelines } = configuration.service;

  it("has only keys that the components have", () => {
    for (const [at, known] of Object.entries(KEYS)) {
      const [part = "", ...rest] = at.split("/");
      // The name of a component may have a slash in it.
      const name = Object.keys(configuration[part as "exporters"]).find((one) =>
        `${rest.join("/")}/`.startsWith(`${one}/`),
      );
      if (name === undefined) throw new Error(`it has no ${at}`);
      const inside = rest.join("/").slice(name.length + 1);
      let found: unknown = configuration[part as "exporters"][name];
      for (const key of inside.split("/").filter(Boolean)) found = (found as Record<string, unknown>)[key];
      const own = Object.keys(found as object);
      expect(own.length, at).toBeGreaterThan(0);
      expect(
        own.filter((key) => !known.includes(key)),
        at,
      ).toEqual([]);
    }
  });

  it("uses everything that it defines, and nothing else", () => {
    expect(Object.keys(pipelines)).toEqual(["traces", "logs", "metrics"]);
    for (const part of ["receivers", "processors", "exporters"] as const) {
      const used = new Set(Object.values(pipelines).flatMap((pipeline) => pipeline[part]));
      expect([...used].toSorted()).toEqual(Object.keys(configuration[part]).toSorted());
    }
    // So that a full collector says so before it runs out of memory.
    for (const { processors } of Object.values(pipelines)) expect(processors[0]).toBe("memory_limiter");
  });

  it("lets in no page of whatever origin", () => {
    expect(text).not.toMatch(/allowed_origins:\s*\n?\s*-?\s*\[?"?\*/);
  });
});
