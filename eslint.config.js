import js from "@eslint/js";
import noUnsanitized from "eslint-plugin-no-unsanitized";
import tseslint from "typescript-eslint";
import { describedDirectives } from "./scripts/described-directives.js";
import { roomImports } from "./scripts/room-imports.js";

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
    plugins: {
      hubscope: { rules: { "described-directives": describedDirectives, "room-imports": roomImports } },
    },
    rules: {
      "hubscope/described-directives": "error",
      "hubscope/room-imports": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "object-shorthand": "error",
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, noUnsanitized.configs.recommended],
    languageOptions: { parserOptions: { projectService: true } },
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
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["extension/core/**", "extension/wording/**", "extension/report/**", "panel/content/**"],
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
    // Scripts of the Blazor app's pages.
    files: ["test/harness/hubs/blazor/**/*.js"],
    languageOptions: {
      globals: { window: "readonly", document: "readonly", location: "readonly", Blazor: "readonly" },
    },
  },
  {
    files: ["test/**"],
    rules: {
      // A test that meets what it doesn't expect may stumble over it: that is a failure, too.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
