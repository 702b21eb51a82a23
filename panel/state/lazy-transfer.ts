/** Exports and imports files. The code for it is loaded when it is needed for the first time. */
import type { Notices } from "./notices.ts";
import type { Transfer } from "./transfer.ts";

export function lazyTransfer(notices: Notices, load: () => Promise<Transfer>): Transfer {
  let loading: Promise<Transfer> | null = null;
  const whenLoaded = async <T>(work: (transfer: Transfer) => Promise<T>): Promise<T | null> => {
    loading ??= load();
    let transfer: Transfer;
    try {
      transfer = await loading;
    } catch (error) {
      loading = null;
      notices.failed("Files can't be read or written; close Hubscope and open it again", error);
      return null;
    }
    return work(transfer);
  };
  return {
    async export(kind, contents) {
      await whenLoaded((transfer) => transfer.export(kind, contents));
    },
    text: (kind, contents) => whenLoaded((transfer) => transfer.text(kind, contents)),
    inspect: (contents) => whenLoaded((transfer) => transfer.inspect(contents)),
    async import(files) {
      // The list of a file field is emptied meanwhile.
      const chosen = [...files];
      await whenLoaded((transfer) => transfer.import(chosen));
    },
  };
}
