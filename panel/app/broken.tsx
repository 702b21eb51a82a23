/** Shown when the store can't be opened. */
export function Broken({ error }: { error: unknown }) {
  return (
    <div class="hs nothing" role="alert" data-testid="broken">
      <b>Hubscope can't open its recordings</b>
      <p class="wrap-any">{error instanceof Error ? error.message : String(error)}</p>
      <p>
        Close DevTools, or this window, and open it again. In a private window, the browser may not let
        extensions store data.
      </p>
    </div>
  );
}
