interface Props {
  readonly id: string;
  readonly value: string;
  /** Behind the text; null: there is none. */
  readonly unit: string | null;
  /** For any text; otherwise a number. */
  readonly long: boolean;
  readonly maxLength: number;
  readonly wrong: boolean;
  /** An element with the id `…-note` says more. */
  readonly described: boolean;
  readonly onChange: (value: string) => void;
}

/** A field for one value that is typed in, with its unit. */
export const TypedInput = ({ id, value, unit, long, maxLength, wrong, described, onChange }: Props) => (
  <span class={`input ${long ? "text" : ""} ${wrong ? "wrong" : ""}`}>
    <input
      id={id}
      inputMode={long ? "text" : "decimal"}
      maxLength={maxLength}
      value={value}
      aria-invalid={wrong}
      aria-describedby={described ? `${id}-note` : undefined}
      data-testid={id}
      autocomplete="off"
      spellcheck={false}
      onInput={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
    {unit !== null && <span class="unit">{unit}</span>}
  </span>
);
