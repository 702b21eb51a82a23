declare module "*.css";

/** Made by the build, of extension/report/report.css: scripts/report-style.ts. */
declare module "hubscope:report-style" {
  const style: string;
  export default style;
}
