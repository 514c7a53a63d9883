/**
 * What elements that Folium adds to a map expect of the page: its popups call jQuery, its markers ask for Leaflet's
 * pictures, its icons for a font from elsewhere.
 */
import type * as L from "leaflet";
import { measureFrame } from "../views/frame";

declare global {
  interface Window {
    $?: (html: string) => HTMLCollection;
  }
}

/** Makes ready for them; `leaflet` is what they know as `L`. */
export function welcomeFoliumElements(leaflet: typeof L): void {
  standInForJquery();
  const Icon = class extends leaflet.DivIcon {
    declare options: L.DivIconOptions & { markerColor?: string };

    constructor(options: L.DivIconOptions = {}) {
      super({ ...LOOK, ...options });
    }

    // Here, because Folium may style an icon that it has made. And anew: Leaflet would hand a <div> on to the next icon of
    // the marker, with what listens to it.
    override createIcon(): HTMLElement {
      const element = document.createElement("span");
      const { markerColor = "" } = this.options;
      const disc = document.createElement("span");
      disc.className = "pin-disc";
      disc.style.background = COLOURS[markerColor] ?? markerColor;
      element.append(disc);
      (this as unknown as Styled)._setIconStyles(element, "icon");
      return element;
    }
  };
  // A popup comes out from under the text.
  const popup = leaflet.Popup.prototype as L.Popup & Panning;
  const { _adjustPan } = popup;
  popup._adjustPan = function () {
    const { left, top } = measureFrame(this._map);
    this.options.autoPanPaddingTopLeft ??= [left, top];
    _adjustPan.call(this);
  };
  // A plain marker would ask for pictures beside a stylesheet that is not there; it looks like ours instead.
  leaflet.Marker.mergeOptions({ icon: new Icon() });
  // `folium.Icon` is drawn by a plugin that Folium takes for granted: its colour is kept, its picture left out.
  Object.assign(leaflet, { AwesomeMarkers: { Icon, icon: (options?: L.DivIconOptions) => new Icon(options) } });
}

/** Does for Folium what that needs of jQuery, until that comes itself: the content of a popup is `$("<div …>")[0]`. */
export function standInForJquery(): void {
  window.$ ??= (html) => {
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return template.content.children;
  };
}

/** Parts of Leaflet's icons and popups that its types leave out. */
interface Styled {
  _setIconStyles(element: HTMLElement, name: "icon"): void;
}

interface Panning {
  _map: L.Map;
  _adjustPan(): void;
}

const LOOK: L.DivIconOptions = { className: "pin is-active is-dot", iconSize: [28, 28] };

/** Colours of `folium.Icon` that no stylesheet knows by these names. */
const COLOURS: Readonly<Record<string, string>> = { darkpurple: "#5b396b", lightred: "#ff8e7f", beige: "#e8c89a" };
