/** The policy to paste compiles against Microsoft.AspNetCore.SignalR.Client. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HerdPolicy } from "../../extension/core/herd/herd-input.ts";
import { policyCode } from "../../extension/core/herd/policy-code.ts";
import { hasDotnet } from "../harness/hubs/dotnet/build.ts";

const POLICIES: readonly HerdPolicy[] = [
  { kind: "list", delays: [], then: "give-up", jitter: "none" },
  { kind: "list", delays: [0, 2_000], then: "repeat", jitter: "full" },
  { kind: "list", delays: [0, 2_000], then: "give-up", jitter: "equal" },
  { kind: "fixed", delay: 5_000, attempts: 3, jitter: "full" },
  { kind: "exponential", base: 700, cap: 9_000, attempts: null, jitter: "equal" },
];

const PROJECT = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.AspNetCore.SignalR.Client" Version="10.0.*" />
  </ItemGroup>
</Project>
`;

const dotnet = hasDotnet();

describe.skipIf(!dotnet)(dotnet ? "the policy in C#" : "the policy in C# (skipped: no .NET SDK)", () => {
  let folder: string;
  let build: { status: number | null; stdout: string };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "pasted-policy-"));
    writeFileSync(path.join(folder, "Pasted.csproj"), PROJECT);
    for (const [i, policy] of POLICIES.entries()) {
      const code = policyCode(policy, "csharp").replace(
        "/// <summary>",
        `namespace Pasted${i};\n\n/// <summary>`,
      );
      writeFileSync(path.join(folder, `Pasted${i}.cs`), code);
    }
    const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1" };
    build = spawnSync("dotnet", ["build", "--nologo", "--verbosity", "quiet"], {
      cwd: folder,
      encoding: "utf8",
      env,
    });
    // The first build may have to get the packages.
  }, 180_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("compiles without a warning", () => {
    expect(build.stdout).not.toMatch(/error|warning CS/);
    expect(build.status).toBe(0);
  });
});
