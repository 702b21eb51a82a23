/** The report's style sheet as one text: what writes a report puts it into the file. */
import path from "node:path";
import * as esbuild from "esbuild";
import { projectRoot } from "./paths.ts";

const FILE = "extension/report/report.css";

/** For scripts and tests that write a report without a build. */
export const reportStyle = async (): Promise<string> => (await bundle(projectRoot)).text;

/** For the build: `import style from "hubscope:report-style"`. */
export const reportStylePlugin: esbuild.Plugin = {
  name: "report-style",
  setup(build) {
    const root = build.initialOptions.absWorkingDir ?? projectRoot;
    build.onResolve({ filter: /^hubscope:report-style$/ }, ({ path: name }) => ({
      path: name,
      namespace: "report-style",
    }));
    build.onLoad({ filter: /.*/, namespace: "report-style" }, async () => {
      const { text, files } = await bundle(root);
      return { contents: text, loader: "text", watchFiles: files };
    });
  },
};

async function bundle(root: string): Promise<{ readonly text: string; readonly files: string[] }> {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [FILE],
    bundle: true,
    minify: true,
    target: ["chrome121", "firefox140"],
    write: false,
    metafile: true,
    logLevel: "warning",
  });
  const [style] = outputFiles;
  if (style === undefined) throw new Error(`esbuild made nothing of ${FILE}`);
  return { text: style.text, files: Object.keys(metafile.inputs).map((file) => path.join(root, file)) };
}
