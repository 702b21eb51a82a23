import { PING } from "../../../extension/core/protocol/terms.ts";
import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { HubMessage } from "../../../extension/core/events/events.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { usePanel } from "../../state/panel-state.ts";
import { bytes as bytesWord } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/icon.tsx";
import { binaryOf, type BinaryMessage } from "./binary.ts";
import { HexView } from "./hex-view.tsx";
import { binaryNodes, binaryNodesOf, jsonNodes, type Place, type TreeNode } from "./tree-nodes.ts";
import { Tree } from "./tree.tsx";

type View = "tree" | "raw" | "hex";
const VIEW_WORDS: Readonly<Record<View, string>> = { tree: "Tree", raw: "Raw", hex: "Hex" };

/** @param isRead false: the payload is still being read */
export function Payload({ message, isRead }: { message: HubMessage; isRead: boolean }) {
  if (!isRead) return <p class="payload-note">Reading the payload…</p>;
  const binary = binaryOf(message);
  if (binary) return <Binary message={message} binary={binary} />;
  if (message.payload !== undefined) return <Text message={message} payload={message.payload} />;
  if (message.type === PING) return <p class="payload-note">A ping is empty.</p>;
  return message.truncated ? <NoRoom /> : <NoPayload />;
}

/** JSON or other text. */
function Text({ message, payload }: { message: HubMessage; payload: string }) {
  const [chosen, setView] = useState<View>("tree");
  const value = useMemo(() => parse(payload), [payload]);
  const nodes = useMemo(() => (value ? jsonNodes(value.is) : null), [value]);
  const bytes = useMemo(
    () => new TextEncoder().encode(message.truncated ? payload : `${payload}\u001e`),
    [payload, message.truncated],
  );
  const views: readonly View[] = nodes ? ["tree", "raw", "hex"] : ["raw", "hex"];
  const view = views.includes(chosen) ? chosen : "raw";
  return (
    <>
      <ViewTabs views={views} view={view} onView={setView}>
        {!nodes && <span class="dim">{message.truncated ? "truncated JSON" : "not JSON"}</span>}
      </ViewTabs>
      <Trouble message={message} recorded={bytes.length} />
      <div class="payload" role="tabpanel" aria-label="Payload">
        {view === "tree" && nodes && <Tree nodes={nodes} label="Message" />}
        {view === "raw" && (
          <pre class="raw" tabIndex={0}>
            {visibleText(payload)}
          </pre>
        )}
        {view === "hex" && <HexView bytes={bytes} bad={message.problemAt ?? null} />}
      </div>
    </>
  );
}

function parse(payload: string): { is: unknown } | null {
  try {
    return { is: JSON.parse(payload) as unknown };
  } catch {
    return null;
  }
}

/** MessagePack: the tree, and the bytes. A selection in one is shown in the other. */
function Binary({ message, binary: { bytes, decoded } }: { message: HubMessage; binary: BinaryMessage }) {
  const [chosen, setView] = useState<View>("tree");
  const [on, setOn] = useState<{ of: HubMessage; place: Place | null } | null>(null);
  const [wanted, setWanted] = useState<{ byte: number } | null>(null);
  const nodes = useMemo((): readonly TreeNode[] => {
    if (decoded.fields.length > 0) return binaryNodes(decoded.fields);
    return decoded.value ? binaryNodesOf(decoded.value) : [];
  }, [decoded]);
  const views: readonly View[] = nodes.length > 0 ? ["tree", "hex"] : ["hex"];
  const view = views.includes(chosen) ? chosen : "hex";
  const bad = message.truncated ? null : (message.problemAt ?? decoded.problemAt ?? null);
  const place = on?.of === message ? on.place : null;
  return (
    <>
      <ViewTabs views={views} view={view} onView={setView}>
        {view === "tree" && place !== null && (
          <span class="dim" data-testid="place">
            bytes {place.start} to {place.end - 1}
          </span>
        )}
      </ViewTabs>
      <Trouble message={message} recorded={bytes.length} problem={decoded.problem} at={decoded.problemAt} />
      <div class={view === "tree" ? "payload with-bytes" : "payload"} role="tabpanel" aria-label="Payload">
        {view === "tree" && (
          <Tree
            nodes={nodes}
            label="Message"
            wanted={wanted}
            onPlace={(next) => {
              setOn({ of: message, place: next });
            }}
          />
        )}
        <HexView
          bytes={bytes}
          on={view === "tree" ? place : null}
          bad={bad}
          {...(view === "tree"
            ? {
                onByte: (byte: number) => {
                  setWanted({ byte });
                },
              }
            : {})}
        />
      </div>
    </>
  );
}

/** A problem with a payload: it was cut when it was recorded, or can't be decoded. */
function Trouble({
  message,
  recorded,
  problem = message.problem,
  at = message.problemAt,
}: {
  message: HubMessage;
  recorded: number;
  problem?: string | undefined;
  at?: number | undefined;
}) {
  if (message.truncated)
    return (
      <p class="payload-note" data-testid="truncated">
        <Icon name="note" small />
        <span>
          Only the first {bytesWord(recorded)} of {bytesWord(message.size)} were recorded: what follows is
          missing here, not on the wire.
        </span>
      </p>
    );
  const why = message.problem ?? problem;
  if (why === undefined) return null;
  const place = message.problemAt ?? at;
  return (
    <p class="payload-note bad" data-testid="undecoded">
      <Icon name="bad" small />
      <span>
        Could not be decoded: {visibleText(why)}
        {place !== undefined && `, at byte ${place} (0x${place.toString(16)})`}.
      </span>
    </p>
  );
}

function ViewTabs({
  views,
  view,
  onView,
  children,
}: {
  views: readonly View[];
  view: View;
  onView: (view: View) => void;
  children?: ComponentChildren;
}) {
  return (
    <div class="subtabs">
      <div class="plain" role="tablist" aria-label="Payload view">
        {views.map((name) => (
          <button
            key={name}
            role="tab"
            aria-selected={name === view}
            data-testid={`view-${name}`}
            onClick={() => {
              onView(name);
            }}
          >
            {VIEW_WORDS[name]}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}

const NoRoom = () => (
  <div class="nothing" data-testid="no-payload">
    <b>The payload was left out</b>
    <p>It was too large, or the page had too many messages at that time to record the payloads of all.</p>
  </div>
);

/** Payloads aren't recorded until the user switches them on, as they may contain private data. */
function NoPayload() {
  const panel = usePanel();
  const url = panel.shown.value?.url ?? "";
  const origin = URL.canParse(url) ? new URL(url).origin : null;
  if (panel.shown.value?.imported != null)
    return (
      <div class="nothing" data-testid="no-payload">
        <b>The payload is not in this file</b>
        <p>It was not recorded, or it was left out when the recording was exported.</p>
      </div>
    );
  const { payloadSites } = panel.settings.value;
  const on = origin !== null && payloadSites.includes(origin);
  return (
    <div class="nothing" data-testid="no-payload">
      <b>The payload was not recorded</b>
      <p>
        Payloads are recorded while this panel is open, and always for sites that you choose. This message
        came before
        {on ? ", for this site they are on now." : "."}
      </p>
      {panel.isLive.value && origin !== null && !on && (
        <button
          class="btn"
          onClick={() => {
            void panel.changeSettings((now) => ({ payloadSites: [...now.payloadSites, origin] }));
          }}
        >
          Always record payloads of {origin}
        </button>
      )}
    </div>
  );
}
