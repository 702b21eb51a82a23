/** A DevTools panel may have no access to the asynchronous clipboard; copying from a selected field works in both browsers. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "vh";
    document.body.append(field);
    field.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- still the only way without the clipboard permission
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
