/** Bind a finished map to its page: called last by the script that Folium renders. */
import * as L from "leaflet";
import type { AtlasPayload, Payload } from "../contract";
import { foldCredits } from "../map/credits";
import { explainScenes } from "../map/key";
import { MarkerLayer } from "../layers/markers";
import { RouteLayer } from "../layers/route";
import { sceneOf } from "../map/scene";
import { findLayer } from "../map/scenes";
import { tellCloseness } from "../map/closeness";
import { CameraMan } from "../views/camera";
import { findWindow, seenMiddle } from "../views/frame";
import { offerLanguages } from "./languages";
import { offerReturn } from "./explore";
import { shareGestures } from "./gestures";
import { leaveOnEscape, nameMap } from "./leave";
import { isEmbedded } from "./embedded";
import { reachScrollers } from "./scrollers";
import { offerSharing } from "./share";
import { offerSteps } from "./steps-sheet";
import { bindStory } from "./story";
import { tellMap } from "./told";
import { say } from "./words";

export function start(map: L.Map, payload: Payload): void {
  if (!window.storymapSharing) document.documentElement.classList.remove("embed"); // it did not come
  const container = map.getContainer();
  const scene = sceneOf(map);
  const inPage = container.closest(".map-frame") !== null;
  nameMap(container, say(payload.strings, "map"));
  if (inPage) tellMap(container);
  if (inPage) shareGestures(map, say(payload.strings, "two_fingers"));
  addControls(map, payload);
  if (payload.ground?.earth !== false) {
    const tiled = () => findLayer(payload, "tiles") !== undefined || container.classList.contains("on-tiles");
    tellCloseness(map, { hidden: () => tiled() || scene.basemap?.streets?.covers(seenMiddle(map)), words: payload.strings });
  }
  explainScenes(map, payload);
  offerSteps(map, payload.strings);
  const camera = new CameraMan(map, payload.view, payload.maxZoom);
  const word = payload.kind === "story" ? "return_to_story" : "return_to_overview";
  offerReturn(container, camera, say(payload.strings, word));
  leaveOnEscape(map, camera);
  reachScrollers();
  if (inPage) offerLanguages(map, payload.strings);
  if (payload.kind === "story") {
    if (inPage && !isEmbedded()) offerSharing(map, payload.strings);
    bindStory(payload, scene, camera);
  }
  else if (payload.kind === "atlas") window.storymap.bindAtlas?.({ map, page: payload, scene, camera, replace: (page) => replaceStories(map, page) });
  else {
    scene.on("chooseplace", (place) => {
      const url = payload.places[place]?.url; // markers of a place without a page lead nowhere
      if (url) location.assign(url);
    });
  }
  void scene.begin(() => {
    // The still has done its work; what is not in the page is not painted under the map.
    findWindow(container)?.replaceChildren();
  });
}

/** Lets a map show the stories of another `page` from now on. */
function replaceStories(map: L.Map, page: AtlasPayload): void {
  map.eachLayer((layer) => {
    if (layer instanceof RouteLayer || layer instanceof MarkerLayer) layer.remove();
  });
  new RouteLayer(page).addTo(map);
  new MarkerLayer(page).addTo(map);
}

function addControls(map: L.Map, { strings }: Payload): void {
  const rtl = document.documentElement.dir === "rtl";
  map.zoomControl?.remove();
  L.control
    .zoom({
      position: rtl ? "topleft" : "topright",
      zoomInTitle: say(strings, "zoom_in"),
      zoomOutTitle: say(strings, "zoom_out"),
    })
    .addTo(map);
  // Leaflet is credited in plain words: its default line carries a flag and a link out of the site.
  map.attributionControl?.setPrefix("Leaflet").setPosition(rtl ? "bottomleft" : "bottomright");
  foldCredits(map, say(strings, "credits"));
}
