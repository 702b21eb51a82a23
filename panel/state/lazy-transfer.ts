/** Exports and imports files. The code for it is loaded when it is needed for the first time. */
import type { Notices } from "./notices.ts";
import type { Transfer } from "./transfer.ts";

export function lazyTransfer(notices: Notices, load: () => Promise<Transfer>): Transfer {
  let loading: Promise<Transfer> | null = null;
  const whenLoaded = async (work: (transfer: Transfer) => Promise<void>): Promise<void> => {
    loading ??= load();
    let transfer: Transfer;
    try {
      transfer = await loading;
    } catch (error) {
      loading = null;
      notices.failed("Files can't be read or written; close Hubscope and open it again", error);
      return;
    }
    await work(transfer);
  };
  return {
    export: (kind, contents) => whenLoaded((transfer) => transfer.export(kind, contents)),
    import(files) {
      // The list of a file field is emptied meanwhile.
      const chosen = [...files];
      return whenLoaded((transfer) => transfer.import(chosen));
    },
  };
}
