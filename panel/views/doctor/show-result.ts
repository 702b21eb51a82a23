/** In a narrow panel the result is below the form. */
export function showResult(): void {
  document.querySelector('[data-testid="doctor-main"]')?.scrollIntoView({ block: "nearest" });
}
