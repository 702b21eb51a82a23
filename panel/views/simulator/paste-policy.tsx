import { LANGUAGES, policyCode, type Language } from "../../../extension/core/herd/policy-code.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import type { HerdRun, SimulatorControl } from "../../state/simulator/simulator-control.ts";
import { VARIANT_NAMES } from "./variants.ts";

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  typescript: "TypeScript",
  csharp: "C#",
  java: "Java",
};

interface Props {
  readonly runs: readonly HerdRun[];
  readonly control: SimulatorControl;
}

/** One of the policies as source code. */
export function PastePolicy({ runs, control }: Props) {
  const { pasted } = control;
  const { variant, language } = pasted.value;
  const policy = runs.find((run) => run.variant === variant)?.input.policy;
  if (!policy) return null;
  const code = policyCode(policy, language);
  return (
    <section aria-labelledby="herd-code">
      <h3 class="section" id="herd-code">
        Policy to paste
      </h3>
      <div class="herd-choices">
        <Choice
          name="herd-variant"
          label="Policy"
          of={runs.map((run) => [run.variant, VARIANT_NAMES[run.variant]] as const)}
          value={variant}
          onChange={(value) => {
            pasted.value = { variant: value, language };
          }}
        />
        <Choice
          name="herd-language"
          label="Language"
          of={LANGUAGES.map((one) => [one, LANGUAGE_NAMES[one]] as const)}
          value={language}
          onChange={(value) => {
            pasted.value = { variant, language: value };
          }}
        />
        <CopyButton text={code} label="Copy the policy" />
      </div>
      {language === "java" && (
        <p class="dim">
          The Java client has neither automatic reconnect nor a retry policy. This calls start() again
          instead.
        </p>
      )}
      <pre class="herd-code" tabIndex={0} data-testid="simulator-code">
        {code}
      </pre>
    </section>
  );
}

interface ChoiceProps<T extends string> {
  readonly name: string;
  readonly label: string;
  readonly of: readonly (readonly [T, string])[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ name, label, of, value, onChange }: ChoiceProps<T>) {
  return (
    <span class="seg" role="radiogroup" aria-label={label}>
      {of.map(([key, word]) => (
        <label key={key}>
          <input
            type="radio"
            name={name}
            checked={key === value}
            data-testid={`${name}-${key}`}
            onChange={() => {
              onChange(key);
            }}
          />
          {word}
        </label>
      ))}
    </span>
  );
}
