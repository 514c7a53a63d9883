/** How much of today's world the drawn map shows: each scene may leave out borders and names. */
import type { BasemapLayer } from "../basemap/layer";
import type { Payload } from "../contract";
import type { LabelLayer } from "../labels/layer";
import type { Focus } from "./focus";
import type { Member } from "./scene";
import { listScenes } from "./scenes";

export class GroundDetail implements Member {
  constructor(private readonly page: Payload, private readonly basemap: BasemapLayer, private readonly labels?: LabelLayer) {}

  update({ scene }: Focus): void {
    const ground = listScenes(this.page)[scene]?.ground;
    this.basemap.drawBorders(ground?.borders !== "none");
    this.labels?.letter(ground?.names ?? "all");
  }
}
