/** The scenes of a page by number: 0 is what the page opens with, then the steps of a story or the stories of the atlas. */
import type { Kind, Layers, LayersPayload, Payload, SceneData } from "../contract";

export function listScenes(page: Payload | LayersPayload): readonly SceneData[] {
  return [page, ...(page.kind === "story" ? page.steps : page.kind === "atlas" ? page.stories : [])];
}

/** The layer of one kind that a scene has, if it has any. */
export function findLayer<K extends Kind>(scene: SceneData | undefined, kind: K): Layers[K] | undefined {
  return scene?.layers.find((layer) => layer.kind === kind) as Layers[K] | undefined;
}

/** Whether the atlas has so many stories that its map shows their places alone, until the reader looks at one of them. */
export function isCrowded(page: Payload): boolean {
  return page.kind === "atlas" && page.places.length > 0 && findLayer(page, "markers") === undefined;
}

/** By place, the scenes after the first that are about it: of a story those that stand for it, of the atlas all. */
export function listVisits(page: Payload): readonly (readonly number[])[] {
  const visits = page.places.map((): number[] => []);
  listScenes(page).forEach((scene, number) => {
    const layer = number ? findLayer(scene, "markers") : undefined;
    layer?.places.forEach((place, at) => {
      if ((layer.numbers?.[at] ?? number) === number) visits[place]?.push(number);
    });
  });
  return visits;
}
