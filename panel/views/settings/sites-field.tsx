/** Where Hubscope runs: the choice, and the list of sites that belongs to it. */
import { useId, useState } from "preact/hooks";
import type { SiteChoice } from "../../../extension/core/settings.ts";
import { addSite } from "../../../extension/core/sites.ts";
import { readableSite } from "../../../extension/core/punycode.ts";
import { usePanel } from "../../state/panel-state.ts";
import { useTabSite } from "../../state/use-tab-site.ts";

const CHOICES = [
  ["everywhere", "On all sites"],
  ["only", "Only on these sites"],
  ["except", "On all sites except these"],
] as const;

export function SitesField() {
  const panel = usePanel();
  const { sites } = panel.settings.value;
  const name = useId();
  const [before, setBefore] = useState<SiteChoice | null>(null);
  const change = (next: SiteChoice): void => {
    setBefore(sites);
    void panel.changeSettings({ sites: next });
  };
  const { where } = sites;
  return (
    <fieldset>
      <legend>Where Hubscope runs</legend>
      {CHOICES.map(([value, label]) => (
        <label class="check-row" key={value}>
          <input
            type="radio"
            name={name}
            data-testid={`settings-where-${value}`}
            checked={where === value}
            onChange={() => {
              change({ ...sites, where: value });
            }}
          />
          <span>{label}</span>
        </label>
      ))}
      {where !== "everywhere" && (
        <SiteList
          key={where}
          sites={sites[where]}
          onChange={(list) => {
            change({ ...sites, [where]: list });
          }}
        />
      )}
      <p class="hint">
        {where === "only" && sites.only.length === 0
          ? "Hubscope runs nowhere until you add a site. "
          : "Takes effect when a page is loaded. "}
        {before && (
          <button
            class="link"
            data-testid="settings-where-undo"
            onClick={() => {
              setBefore(null);
              void panel.changeSettings({ sites: before });
            }}
          >
            Undo
          </button>
        )}
      </p>
    </fieldset>
  );
}

interface SiteListProps {
  readonly sites: readonly string[];
  readonly onChange: (sites: readonly string[]) => void;
}

function SiteList({ sites, onChange }: SiteListProps) {
  const firefox = useTabSite()?.firefox ?? false;
  const [draft, setDraft] = useState("");
  const [said, setSaid] = useState<{ readonly text: string; readonly wrong: boolean } | null>(null);
  const add = (): void => {
    const read = addSite(sites, draft, !firefox);
    if ("error" in read) {
      setSaid({ text: read.error, wrong: true });
      return;
    }
    setSaid(read.note === undefined ? null : { text: read.note, wrong: false });
    setDraft("");
    onChange([...sites, read.site]);
  };
  return (
    <div class="site-list">
      {sites.map((site) => (
        <div class="field-row" key={site}>
          <span class="ellip" title={site}>
            {readableSite(site)}
          </span>
          <button
            class="link"
            aria-label={`Remove ${readableSite(site)}`}
            onClick={() => {
              onChange(sites.filter((other) => other !== site));
            }}
          >
            Remove
          </button>
        </div>
      ))}
      <div class="field-row">
        <span class={said?.wrong ? "input wrong" : "input"}>
          <input
            data-testid="settings-site"
            aria-label="Site to add"
            aria-invalid={said?.wrong ?? false}
            placeholder="example.com or localhost:5000"
            spellcheck={false}
            value={draft}
            onInput={(event) => {
              setDraft(event.currentTarget.value);
              setSaid(null);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter") add();
              if (event.key !== "Escape" || draft === "") return;
              // The first Escape empties the field, the next one closes the dialog.
              event.stopPropagation();
              setDraft("");
              setSaid(null);
            }}
          />
        </span>
        <button class="btn" data-testid="settings-site-add" disabled={draft.trim() === ""} onClick={add}>
          Add
        </button>
      </div>
      {said && (
        <p class={said.wrong ? "wrong-word" : "hint"} role="alert">
          {said.text}
        </p>
      )}
    </div>
  );
}
