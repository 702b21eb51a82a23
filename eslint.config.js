import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import noUnsanitized from "eslint-plugin-no-unsanitized";
import tseslint from "typescript-eslint";
import { describedDirectives } from "./scripts/described-directives.js";

const core = "extension/core";
const messaging = "extension/messaging";
const store = "extension/store";
const npm = "node_modules";

/** Files in `target` may import from `allowed`, and of course from `target` itself. */
const mayImport = (target, ...allowed) => ({
  target: `./${target}`,
  from: ".",
  except: (target.includes("*") ? allowed : [target, ...allowed]).map((folder) => `./${folder}`),
  message: `${target} may import only from ${allowed.join(", ") || "itself"}.`,
});

/** Imports point one way. What isn't listed here, the tests and the tools, may import anything. */
const directions = [
  mayImport(core, npm),
  mayImport(messaging, core, npm),
  mayImport(store, core, npm),
  mayImport("extension/background", core, messaging, store, npm),
  mayImport("extension/devtools", core, messaging, npm),
  mayImport("extension/popup", core, messaging, store, npm),
  mayImport("extension/waiting", core),
  // Every page runs the hook: it carries no library.
  mayImport("content-script/hook", core),
  // Its script comes after page scripts: what rests on the browser's functions comes from the hook (shared.ts). Types are free.
  {
    target: "./content-script/faults",
    from: "./content-script/hook/platform/natives.ts",
    message: "The faults take the hook's natives, by shared.ts.",
  },
  // The hook without the extension, for tests.
  mayImport("content-script/page-build", "content-script/hook", core),
  // The other world's side of the bridge shares nothing with the hook but types of the core.
  mayImport("content-script/*.ts", "content-script", core, messaging, npm),
  {
    target: "./content-script/*.ts",
    from: "./content-script/hook",
    message: "The relay is not in the page.",
  },
  mayImport("panel", core, messaging, store, npm),
];

/** The core runs the same everywhere: it is given the time, the chance and the data that it works on. */
const impureGlobals = [
  ..."window self document navigator location history screen".split(" "),
  ..."browser chrome indexedDB localStorage sessionStorage caches".split(" "),
  ..."fetch XMLHttpRequest WebSocket EventSource Worker postMessage".split(" "),
  ..."performance setTimeout setInterval setImmediate clearTimeout clearInterval".split(" "),
  ..."requestAnimationFrame requestIdleCallback queueMicrotask".split(" "),
  ..."crypto console process Buffer require alert confirm prompt".split(" "),
];
const impureProperties = [
  { object: "Date", property: "now" },
  { object: "Math", property: "random" },
];

export default tseslint.config(
  { ignores: ["dist", "out", "node_modules", "**/bin", "**/obj", "test/fixtures"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{js,ts,tsx}"],
    extends: [js.configs.recommended],
    plugins: { hubscope: { rules: { "described-directives": describedDirectives } } },
    rules: {
      "hubscope/described-directives": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "object-shorthand": "error",
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, noUnsanitized.configs.recommended],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Our objects with methods are mostly closures, which have no `this` to lose.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "import-x/no-restricted-paths": ["error", { zones: directions }],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: [`${core}/**`],
    rules: {
      "no-restricted-globals": ["error", ...impureGlobals],
      "no-restricted-properties": ["error", ...impureProperties],
      "no-restricted-imports": ["error", { patterns: ["node:*"] }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "Take the time as an argument.",
        },
      ],
    },
  },
  {
    files: ["extension/**", "content-script/**", "panel/**"],
    rules: { "no-console": "error" },
  },
  {
    files: ["test/**"],
    rules: {
      // A test that meets what it doesn't expect may stumble over it: that is a failure, too.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
