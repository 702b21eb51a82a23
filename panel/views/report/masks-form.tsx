import { masksAny, type Masks } from "../../../extension/export/masks/masks.ts";
import { problemOfPath } from "../../../extension/export/masks/mask-fields.ts";
import { counted } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/icon.tsx";
import { usePanel } from "../../state/panel-state.ts";

type Switch = Exclude<keyof Masks, "fields">;

const SWITCHES: Readonly<Record<Switch, { readonly label: string; readonly about: string }>> = {
  hosts: { label: "Hosts and IP addresses", about: "host-1.example, host-2.example, …" },
  connectionIds: {
    label: "Connection ids",
    about: "connection-1, … They don't match the server's logs then.",
  },
  emails: { label: "E-mail addresses", about: "person-1@masked.example, …" },
  numbers: {
    label: "Long numbers",
    about:
      "Six or more digits, such as phone, account and card numbers. Not those that the recording itself needs.",
  },
};

/** "replaces hosts and IP addresses, long numbers" */
export function replacedWords(masks: Masks): string {
  const words = (Object.keys(SWITCHES) as Switch[])
    .filter((name) => masks[name])
    .map((name) => lowerFirst(SWITCHES[name].label));
  if (masks.fields.length > 0) words.push(counted(masks.fields.length, "path"));
  return `replaces ${words.join(", ")}`;
}

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

/** What is replaced. The same text gets the same placeholder throughout the file. */
export function MasksForm() {
  const { masks, withPayloads } = usePanel();
  const now = masks.value;
  return (
    <fieldset class="export-masks">
      <legend>Replace</legend>
      {(Object.keys(SWITCHES) as Switch[]).map((name) => (
        <label class="check-row" key={name}>
          <input
            type="checkbox"
            checked={now[name]}
            data-testid={`mask-${name}`}
            onChange={(event) => {
              masks.value = { ...now, [name]: event.currentTarget.checked };
            }}
          />
          <span>
            {SWITCHES[name].label}
            <small>{SWITCHES[name].about}</small>
          </span>
        </label>
      ))}
      <Fields />
      {masksAny(now) && withPayloads.value && (
        <p class="soft">
          Binary payloads (MessagePack) can't be changed without breaking them: they are left out.
        </p>
      )}
    </fieldset>
  );
}

const linesOf = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Those with a mistake are not used, and shown. */
function Fields() {
  const { masks, maskFields } = usePanel();
  const lines = linesOf(maskFields.value);
  const problem = lines.map((path) => ({ path, why: problemOfPath(path) })).find(({ why }) => why !== null);
  return (
    <label class="mask-fields">
      <span>
        Fields of JSON payloads
        <small>JSONPath, one in each line</small>
      </span>
      <textarea
        rows={2}
        spellcheck={false}
        placeholder="$.arguments[*].name"
        value={maskFields.value}
        aria-invalid={problem !== undefined}
        data-testid="mask-fields"
        onInput={(event) => {
          maskFields.value = event.currentTarget.value;
          const fields = linesOf(maskFields.value).filter((path) => problemOfPath(path) === null);
          masks.value = { ...masks.value, fields };
        }}
      />
      {problem && (
        <span class="warn-line" role="alert">
          <Icon name="warn" />
          {problem.path}: {problem.why} It is not used.
        </span>
      )}
    </label>
  );
}
