import assert from "node:assert/strict";
import { test } from "node:test";
import type { SettlementRow } from "../src/labels/names";
import { findTown } from "../src/labels/towns";

const BRUSSELS: SettlementRow = [4.35, 50.85, "Brussels", 4, 6];
const ZAVENTEM: SettlementRow = [4.47, 50.88, "Zaventem", 9, 2];
const SUVA: SettlementRow = [179.98, -16.5, "On the line", 7, 4];

test("a place lies in the most important settlement whose outskirts it is in", () => {
  assert.equal(findTown([BRUSSELS, ZAVENTEM], [4.42, 50.88]), BRUSSELS);
  assert.equal(findTown([ZAVENTEM], [4.46, 50.88]), ZAVENTEM);
});

test("in the open country there is none, and 180° is no edge", () => {
  assert.equal(findTown([BRUSSELS, ZAVENTEM], [4.8, 50.2]), undefined);
  assert.equal(findTown([SUVA], [-179.98, -16.5]), SUVA);
});
