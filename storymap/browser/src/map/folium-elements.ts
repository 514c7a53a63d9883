/** What elements that Folium adds to a map expect of the page: its popups call jQuery, its markers Leaflet's pictures. */
import * as L from "leaflet";

declare global {
  interface Window {
    $?: (html: string) => HTMLCollection;
  }
}

export function welcomeFoliumElements(): void {
  // Folium makes the content of a popup with `$("<div …>")[0]`, and needs nothing else of jQuery.
  window.$ ??= (html) => {
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return template.content.children;
  };
  // A plain marker would ask for pictures beside a stylesheet that is not there; it looks like ours instead.
  const icon = L.divIcon({ className: "pin is-active is-dot", html: '<span class="pin-disc"></span>', iconSize: [28, 28] });
  L.Marker.mergeOptions({ icon });
}
