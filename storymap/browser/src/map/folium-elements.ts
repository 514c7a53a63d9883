/**
 * What elements that Folium adds to a map expect of the page: its popups call jQuery, its markers ask for Leaflet's
 * pictures, its icons for a font from elsewhere.
 */
import type * as L from "leaflet";

declare global {
  interface Window {
    $?: (html: string) => HTMLCollection;
  }
}

/** Makes ready for them; `leaflet` is what they know as `L`. */
export function welcomeFoliumElements(leaflet: typeof L): void {
  // Folium makes the content of a popup with `$("<div …>")[0]`, and needs nothing else of jQuery.
  window.$ ??= (html) => {
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return template.content.children;
  };
  // A plain marker would ask for pictures beside a stylesheet that is not there; it looks like ours instead.
  leaflet.Marker.mergeOptions({ icon: makeIcon(leaflet) });
  // `folium.Icon` is drawn by a plugin that Folium takes for granted: its colour is kept, its picture left out.
  const icon = ({ markerColor = "" }: { markerColor?: string }) => makeIcon(leaflet, COLOURS[markerColor] ?? markerColor);
  Object.assign(leaflet, { AwesomeMarkers: { icon } });
}

/** Colours of `folium.Icon` that no stylesheet knows by these names. */
const COLOURS: Readonly<Record<string, string>> = { darkpurple: "#5b396b", lightred: "#ff8e7f", beige: "#e8c89a" };

function makeIcon(leaflet: typeof L, colour = ""): L.DivIcon {
  const disc = document.createElement("span");
  disc.className = "pin-disc";
  disc.style.background = colour;
  // As text: each marker has a disc of its own.
  return leaflet.divIcon({ className: "pin is-active is-dot", html: disc.outerHTML, iconSize: [28, 28] });
}
