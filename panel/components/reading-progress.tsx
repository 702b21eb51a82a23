import { usePanel } from "../state/panel-state.ts";

/** Says how much of the recording is read, as long as it is being read. */
export function Reading() {
  const share = usePanel().reading.value;
  return (
    <span class="reading" role="status" data-testid="reading">
      Reading the recording…{share !== null && ` ${Math.floor(share * 100)}%`}
    </span>
  );
}
