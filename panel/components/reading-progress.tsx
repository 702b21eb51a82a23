import { usePanel } from "../state/panel-state.ts";

/** Shows how much of the recording has been read while it is being read. */
export function Reading() {
  const share = usePanel().reading.value;
  return (
    <span class="reading" role="status" data-testid="reading">
      Reading the recording…{share !== null && share < 1 && ` ${Math.floor(share * 100)}%`}
    </span>
  );
}
