/** The browser half of storymap for maps that are not ours, on which layers of the author's data stand: all of Leaflet, and those. */
import * as L from "leaflet";
// The name alone stands for the script of Leaflet, not for its folder.
import iconUrl from "../node_modules/leaflet/dist/images/marker-icon.png";
import iconRetinaUrl from "../node_modules/leaflet/dist/images/marker-icon-2x.png";
import shadowUrl from "../node_modules/leaflet/dist/images/marker-shadow.png";
import { standInForJquery } from "./map/folium-elements";
import { StandingLayers } from "./map/standing-layers";

window.L = { ...L }; // a module cannot be added to, as plugins do
L.Icon.Default.imagePath = ""; // the pictures are here, and not beside a stylesheet
L.Icon.Default.mergeOptions({ iconUrl, iconRetinaUrl, shadowUrl });
standInForJquery();
// Until the plugin of `folium.Icon` comes itself.
Object.assign(window.L, { AwesomeMarkers: { Icon: L.Icon.Default, icon: () => new L.Icon.Default() } });
window.storymapLayers = StandingLayers.read;
