/** A field that Python sends and no script reads is freight: the compiler tells where each is used. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { API } from "typescript/unstable/sync";
import { SyntaxKind, type InterfaceDeclaration, type PropertySignatureDeclaration, type SourceFile } from "typescript/unstable/ast";

const CONTRACTS = ["src/contract.ts", "src/basemap/contract.ts"].map((file) => join(process.cwd(), file));

/** The texts of a cell, which `basemap/cells.ts` takes by name from a list. */
const BY_NAME = ["land", "lakes", "coast", "shores", "rivers", "regions", "borders"].map((name) => `Scale.${name}`);

test("every field of the contract is read", () => {
  const api = new API({ cwd: process.cwd() });
  try {
    const config = join(process.cwd(), "tsconfig.json");
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    assert.ok(project);
    const unread: string[] = [];
    let count = 0;
    for (const path of CONTRACTS) {
      const file = project.program.getSourceFile(path) as SourceFile;
      for (const statement of file.statements) {
        if (statement.kind !== SyntaxKind.InterfaceDeclaration) continue;
        const { name, members } = statement as InterfaceDeclaration;
        for (const member of members) {
          const field = (member as PropertySignatureDeclaration).name;
          const found = project.checker.getReferencedSymbolsForNode(field, field.getStart(file));
          count++;
          const readers = found.flatMap(({ references }) => references).filter((each) => !CONTRACTS.includes(each.path));
          if (readers.length === 0) unread.push(`${name.getText(file)}.${field.getText(file)}`);
        }
      }
    }
    assert.ok(count > 40, "the contracts were found");
    assert.deepEqual(unread, BY_NAME);
  } finally {
    api.close();
  }
});
