/** 10 of "10.0.11". null: unknown. */
export function majorOf(version: string | null): number | null {
  const major = Number.parseInt(version ?? "", 10);
  return Number.isNaN(major) ? null : major;
}
