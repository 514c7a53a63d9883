/** Leaflet's scale in the language of the page: its own says "km" and "m" to everybody. */
import * as L from "leaflet";
import { sayLength } from "./lengths";

/** What a scale of Leaflet does within itself. */
interface InnerScale {
  _mScale: HTMLElement;
  _getRoundNum(metres: number): number;
  _updateScale(line: HTMLElement, text: string, share: number): void;
}

export function makeScale(options: L.Control.ScaleOptions): L.Control.Scale {
  const lang = document.documentElement.lang.split("-")[0] ?? ""; // countries write units alike
  const Scale = L.Control.Scale.extend({
    _updateMetric(this: InnerScale, longest: number) {
      const metres = this._getRoundNum(longest);
      this._mScale.dir = "auto"; // the map around it goes from left to right in every language
      this._updateScale(this._mScale, sayLength(metres, lang), metres / longest);
    },
  });
  return new (Scale as unknown as typeof L.Control.Scale)(options);
}
