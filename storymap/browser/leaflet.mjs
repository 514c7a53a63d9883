// Leaflet for living browsers, as a plugin of esbuild: of what it does for others, and of what our own maps do without,
// nothing is left in the scripts of pages.
import { readFileSync } from "node:fs";

// Leaflet asks at many places which browser it runs in. Of one that can run this script the answers are known, and what
// Leaflet does for Internet Explorer is left out. `L.Browser` itself stays as it is.
const KNOWN = {
  true: ["any3d", "canvas", "inlineSvg", "passiveEvents", "svg"],
  false: ["edge", "ie3d", "ielt9", "msPointer", "vml"],
};

// What Leaflet ties to its classes as it is loaded and our own maps do without: how each statement begins, and what is
// said in it.
const UNUSED = [
  ...["Control.Layers", "Control.Zoom", "control.layers", "TileLayer.WMS", "tileLayer.wms", "Icon.Default", "Map.TapHold"],
  ...["CRS.EPSG3395", "CRS.EPSG4326", "CRS.EPSG900913"],
  ...["geometryToLayer", "coordsToLatLng", "coordsToLatLngs", "latLngToCoords", "latLngsToCoords", "getFeature", "asFeature"].map(
    (name) => `GeoJSON.${name}`,
  ),
].map((name) => [`${name} = `]).concat([
  ...["Marker", "Circle", "CircleMarker"].map((name) => [`${name}.include(PointToGeoJSON)`]),
  ...["Polyline", "Polygon", "LayerGroup"].map((name) => [`${name}.include({`, "toGeoJSON: "]),
  ["Map.mergeOptions({", "zoomControl: "],
  ["Map.addInitHook(function", "new Zoom("],
  ["Map.mergeOptions({", "closePopupOnClick: "],
  ["Map.mergeOptions({", "tapHold: "],
  ["Map.addInitHook('addHandler', 'tapHold'"],
  ...["_initOverlay: ", "openPopup: ", "openTooltip: "].flatMap((name) => [["Map.include({", name], ["Layer.include({", name]]),
]);

// Methods that nothing calls on our own maps: they have no bounds that hold them, ask for no position, and their markers
// are no pictures. Each by the class that has it.
const UNCALLED = {
  Map: [
    ...["locate", "stopLocate", "_handleGeolocationError", "_handleGeolocationResponse"],
    ...["setMaxBounds", "panInsideBounds", "_panInsideMaxBounds", "_getBoundsOffset", "_rebound"],
    ...["setMinZoom", "setMaxZoom", "flyToBounds", "fitWorld", "panInside", "getPanes"],
  ],
  Marker: ["_panOnFocus", "getIcon", "setIcon", "_getPopupAnchor", "_getTooltipAnchor"],
  Icon: ["createIcon", "createShadow", "_createIcon", "_getIconUrl"],
  Drag: ["_onPreDragLimit", "_onPreDragWrap"],
  LayerGroup: ["invoke", "setZIndex", "getLayers", "getLayer", "clearLayers"],
  Polyline: ["closestLayerPoint", "getCenter", "isEmpty", "addLatLng", "_containsPoint"],
  Polygon: ["getCenter", "isEmpty", "_containsPoint"],
};

// Statements that ask for what is left out.
const REPLACED = [
  ["(this.options.preferCanvas && canvas(options)) || svg(options)", "svg(options)"],
  ["if (MarkerDrag) {", "if (false) {"],
  // Of a grid of tiles, and of circles, which are left out only if making them asks for nothing.
  ["updateWhenIdle: Browser.mobile,", ""],
  ["\tsetStyle: Path.prototype.setStyle,\n", ""],
  ["icon: new IconDefault(),", ""],
  ["if (this.options.autoPanOnFocus) {", "if (false) {"],
  ["this._draggable.on('predrag', this._onPreDragLimit, this);", ""],
  ["if (map.options.worldCopyJump) {", "if (false) {"],
  ["if (options.maxBounds) {", "if (false) {"],
  ["checkDeprecatedMixinEvents(props.includes);", ""],
];

/** Leaflet for living browsers; `complete` unless it is for our own maps alone, which need half of it. */
export function modernLeaflet({ complete }) {
  return {
    name: "modern-leaflet",
    setup({ onLoad }) {
      onLoad({ filter: /leaflet-src(\.esm)?\.js$/ }, ({ path }) => {
        const answer = (source, [known, names]) =>
          source.replace(new RegExp(`\\bBrowser\\.(?:${names.join("|")})\\b`, "g"), known);
        const modern = Object.entries(KNOWN).reduce(answer, readFileSync(path, "utf8").replaceAll("\r\n", "\n"));
        return { contents: complete ? modern : leaveOut(modern) };
      });
    },
  };
}

/** `source` of Leaflet without what our own maps do without, and such that each class which nobody asks for is left out. */
function leaveOut(source) {
  const missing = new Set(UNUSED.map((unused) => unused.join("…")));
  let kept = source.replace(/^\w+\.\w+(?: = |\()[^;\n]*(?:;|\n(?:.*\n)*?\}\)?;)$/gm, (statement) => {
    const unused = UNUSED.find(([begin, said = ""]) => statement.startsWith(begin) && statement.includes(said));
    if (unused) missing.delete(unused.join("…"));
    return unused ? "" : statement;
  });
  for (const [said, instead] of REPLACED) {
    if (!kept.includes(said)) missing.add(said);
    kept = kept.replaceAll(said, instead);
  }
  for (const [owner, names] of Object.entries(UNCALLED)) {
    const begin = kept.search(new RegExp(`^var ${owner} = `, "m"));
    const end = kept.indexOf("\n});", begin) + 1;
    let members = kept.slice(begin, end);
    for (const name of names) {
      const shorter = members.replace(new RegExp(`^\\t${name}: function .*\\n(?:.*\\n)*?\\t\\},?\\n`, "m"), "");
      if (shorter === members) missing.add(`${owner}.${name}`);
      members = shorter;
    }
    kept = kept.slice(0, begin) + members + kept.slice(end);
  }
  if (missing.size > 0) throw new Error(`Leaflet has changed: nothing in it is ${[...missing].join(", or ")}`);
  return kept.replace(/^var (\w+) = (\w+\.extend\()/gm, "var $1 = /* @__PURE__ */ $2");
}
