import path from "node:path";
import { LOADED_LATER, mayImport, mayImportPackages, roomOf } from "./room-plan.js";

const root = path.join(import.meta.dirname, "..");
const inProject = (file) => path.relative(root, file).split(path.sep).join("/");

/**
 * ESLint rule: a room imports only what the room plan allows.
 * @type {import("eslint").Rule.RuleModule}
 */
export const roomImports = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      up: "{{from}} may not import from {{to}}: see scripts/room-plan.js.",
      package: "{{from}} carries no package: see scripts/room-plan.js.",
    },
  },
  create(context) {
    const file = inProject(context.filename);
    const from = roomOf(file);
    if (from === null) return {};
    const look = ({ source, type }) => {
      if (source?.type !== "Literal") return;
      const name = source.value;
      if (!name.startsWith(".")) {
        if (!mayImportPackages(from)) context.report({ node: source, messageId: "package", data: { from } });
        return;
      }
      const target = path.posix.join(path.posix.dirname(file), name);
      if (type === "ImportExpression" && target === LOADED_LATER && from.startsWith("panel/")) return;
      const to = roomOf(target) ?? "what is in no room";
      if (!mayImport(from, to)) context.report({ node: source, messageId: "up", data: { from, to } });
    };
    return {
      ImportDeclaration: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      ImportExpression: look,
      TSImportType: ({ source }) => look({ source, type: "TSImportType" }),
    };
  },
};
