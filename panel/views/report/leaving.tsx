import { useState } from "preact/hooks";
import type { Inventory, InventoryItem, InventoryKind } from "../../../extension/export/inventory.ts";
import { bytes, whole } from "../../../extension/core/text/format.ts";
import { exportContents } from "../../state/export-contents.ts";
import { usePanel } from "../../state/panel-state.ts";

const KINDS: Readonly<Record<InventoryKind, string>> = {
  address: "Addresses of pages, hubs, requests",
  host: "Hosts",
  "connection-id": "Connection ids",
  method: "Hub methods",
  payload: "Message payloads",
  error: "Errors and reasons",
  email: "E-mail addresses",
  number: "Long numbers",
  header: "Response headers",
  stack: "Stack traces",
  browser: "Browsers",
};

/** What would leave with an export, by kind and with examples. */
export function Leaving() {
  const panel = usePanel();
  const [seen, setSeen] = useState<{ readonly inventory: Inventory; readonly of: string } | null>(null);
  const contents = exportContents(panel);
  const key = JSON.stringify(contents);
  const isOld = seen !== null && seen.of !== key;
  const look = async (): Promise<void> => {
    const inventory = await panel.transfer.inspect(contents);
    if (inventory) setSeen({ inventory, of: key });
  };
  return (
    <>
      <div class="actions">
        <button class="btn" data-testid="export-inspect" onClick={() => void look()}>
          {seen === null ? "Show what leaves" : "Look again"}
        </button>
        {isOld && <span class="soft">The contents have changed since.</span>}
      </div>
      {seen && <InventoryTable inventory={seen.inventory} />}
    </>
  );
}

const InventoryTable = ({ inventory: { items, payloadBytes } }: { readonly inventory: Inventory }) => (
  <>
    <table class="report-table inventory" data-testid="inventory">
      <thead>
        <tr>
          <th>Kind</th>
          <th class="r">Different ones</th>
          <th>For example</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.kind}>
            <th scope="row" class="wrap">
              {KINDS[item.kind]}
            </th>
            <td class="r">{amount(item, payloadBytes)}</td>
            <td>
              {item.examples.map((example) => (
                <div class="ellip" title={example} key={example}>
                  {example}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    <p class="soft">
      In a format that has everything. Reports have no payloads. Hosts, e-mail addresses and numbers are found
      by their form: look at the examples, too.
    </p>
  </>
);

const amount = ({ kind, count, more }: InventoryItem, payloadBytes: number): string =>
  kind === "payload" ? `${whole(count)}, ${bytes(payloadBytes)}` : `${more ? "over " : ""}${whole(count)}`;
