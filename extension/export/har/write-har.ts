/**
 * The recording as a network log, HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), with the frames of WebSockets where Chrome has
 * them. The frames are made while the recording is read, and put away; the entries when everything is known.
 */
import type { Entry, Page } from "har-format";
import type { PageModel, RecordingModel, TransportModel } from "../../core/model/types.ts";
import type { PageId } from "../../core/ids.ts";
import type { EpochMilliseconds } from "../../core/units.ts";
import { pageName } from "../../wording/page-name.ts";
import type { AboutExport, PutAway } from "../format-writer.ts";
import { isoTime } from "../../core/text/iso-time.ts";
import { Places } from "../places.ts";
import type { RecordingSource } from "../recording-source.ts";
import { reducerFor } from "../whole-model.ts";
import type { Initiator } from "./entry.ts";
import { KeptFrames } from "./kept-frames.ts";
import { negotiateEntry, refreshEntry, transportRequestEntry } from "./requests.ts";
import { framesField, socketEntry } from "./socket-entry.ts";

/** An entry is made when it is written: of a long recording there are many. */
interface Planned {
  readonly t: EpochMilliseconds;
  readonly make: () => Entry;
  readonly socket?: { readonly page: PageId; readonly transport: TransportModel };
}

const COMMENT =
  "Only requests of SignalR, as recorded. Access tokens and values of queries are replaced by “…”, connection tokens by the number of their negotiate; headers are recorded only where they name a server or a proxy. Bodies are not recorded.";

export async function* writeHar<Kept>(
  source: RecordingSource,
  { hubscope }: AboutExport,
  putAway: PutAway<Kept>,
): AsyncGenerator<string | Kept> {
  const reducer = reducerFor(source);
  const frames = new KeptFrames(putAway);
  const urls = new Map<PageId, string>();
  for await (const { page, events } of source.read()) {
    urls.set(page.page, page.url);
    reducer.apply(page.page, events);
    for (const event of events)
      if (event.kind === "message" || event.kind === "handshake" || event.kind === "counts")
        frames.add(page.page, event);
  }
  frames.end();
  const { model } = reducer;
  const head = {
    version: "1.2",
    creator: { name: "Hubscope", version: hubscope },
    pages: model.pages.flatMap((page, i) => (isWorker(page) ? [] : [pageOf(page, i, urls.get(page.id))])),
    comment: COMMENT,
  };
  yield `{"log":${JSON.stringify(head).slice(0, -1)},"entries":[`;
  let separator = "\n";
  for (const { make, socket } of planned(model, frames)) {
    const entry = `${separator}${JSON.stringify(make())}`;
    separator = ",\n";
    if (!socket) {
      yield entry;
      continue;
    }
    const { kept } = frames.of(socket.page, socket.transport.socket);
    yield `${entry.slice(0, -1)},"${framesField(socket.transport)}":[`;
    yield* kept;
    yield "]}";
  }
  yield "\n]}}\n";
}

const isWorker = ({ started }: PageModel): boolean => started?.worker !== undefined;

const pageOf = (page: PageModel, index: number, url: string | undefined): Page => ({
  startedDateTime: isoTime(page.started?.openedAt ?? page.lastSeen),
  id: `page_${index + 1}`,
  title: page.started?.url ?? url ?? "",
  pageTimings: {},
  comment: [pageName(page), page.started?.userAgent].filter(Boolean).join(", "),
});

/** In the order of their beginning. */
function planned(model: RecordingModel, frames: KeptFrames<unknown>): Planned[] {
  const found: Planned[] = [];
  const pages = new Map(model.pages.map((page, i) => [page.id, { page, of: initiatorOf(page, i) }]));
  for (const hub of model.hubs) {
    const of = pages.get(hub.page)?.of;
    if (!of) continue;
    for (const request of hub.requests)
      found.push({ t: request.started.t, make: () => negotiateEntry(request, of) });
  }
  const places = new Places(model);
  const { events } = model;
  for (let row = 0; row < events.length; row++) {
    const { kind } = events.headOf(row);
    if (kind !== "transport-request" && kind !== "refresh" && kind !== "socket") continue;
    const event = events.eventOf(row);
    const id = events.pageOf(row);
    const known = pages.get(id);
    const { hub, transport } = places.of(id, event);
    if (!known || !hub) continue;
    const { page, of } = known;
    if (event.kind === "refresh") {
      const negotiate = places.requestOf(id, event.request);
      found.push({ t: event.t - event.duration, make: () => refreshEntry(event, negotiate, of) });
    } else if (!transport) continue;
    else if (event.kind === "transport-request")
      found.push({ t: event.t - event.duration, make: () => transportRequestEntry(event, transport, of) });
    else if (event.kind === "socket" && transport.from === event.t) {
      const negotiate = event.request === undefined ? undefined : places.requestOf(id, event.request);
      const own = frames.of(id, event.socket);
      found.push({
        t: transport.from,
        make: () => socketEntry(transport, page, negotiate, own, of),
        socket: { page: id, transport },
      });
    }
  }
  return found.sort((a, b) => a.t - b.t);
}

/** As Chrome has it: the requests of a worker have no page. */
const initiatorOf = (page: PageModel, index: number): Initiator =>
  isWorker(page)
    ? { pageref: null, script: page.started?.url ?? null }
    : { pageref: `page_${index + 1}`, script: null };
