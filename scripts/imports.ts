/** The imports of the source, file by file. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";

export interface Import {
  readonly from: string;
  /** A file of the project; imports of packages are skipped. */
  readonly to: string;
  /** "types" don't exist at run time; "later" is loaded when needed. Only imports of values can make a circle that fails. */
  readonly kind: "values" | "types" | "later";
}

/** @param files paths in the project, as are those of the result */
export async function importsOf(root: string, files: readonly string[]): Promise<Import[]> {
  const all = await Promise.all(
    files.map(async (file) => readImports(file, await readFile(path.join(root, file), "utf8"))),
  );
  return all.flat();
}

export function readImports(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (name: string, kind: Import["kind"]): void => {
    if (name.startsWith("."))
      found.push({ from: file, to: path.posix.join(path.posix.dirname(file), name), kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      add(node.moduleSpecifier.text, onlyTypes(node.importClause) ? "types" : "values");
    else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier !== undefined &&
      ts.isStringLiteral(node.moduleSpecifier)
    )
      add(node.moduleSpecifier.text, node.isTypeOnly ? "types" : "values");
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [name] = node.arguments;
      if (name && ts.isStringLiteral(name)) add(name.text, "later");
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  return (
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.length > 0 &&
    namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}
