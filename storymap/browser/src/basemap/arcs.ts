/** Arcs as text: unpacks what `storymap/basemap/arcs.py` packed, whose docstring explains the writing. */
import type { Topology } from "topojson-specification";
import type { Scale } from "./contract";

const BASE = 45;
const SPACE = 32;

/** The scale as an ordinary topology in degrees, with the arcs of its cells one after the other. */
export function unpackTopology({ unitZoom, arcs, objects }: Scale): Topology {
  return { type: "Topology", objects, arcs: arcs.flatMap((text) => unpackArcs(text, 2 ** unitZoom)) };
}

function unpackArcs(text: string, units: number): [lon: number, lat: number][][] {
  const arcs: [number, number][][] = [];
  let arc: [number, number][] = [];
  let x = 0;
  let y = 0;
  let at = 0;
  if (!text) return arcs;

  while (at < text.length) {
    if (text.charCodeAt(at) === SPACE) {
      arcs.push(arc);
      arc = [];
      at++;
    }
    x += number();
    y += number();
    arc.push([(x / units) * 360 - 180, latitude(y / units)]);
  }
  arcs.push(arc);
  return arcs;

  function number(): number {
    let value = 0;
    for (let weight = 1; ; weight *= BASE) {
      const digit = digitOf(text.charCodeAt(at++));
      value += (digit % BASE) * weight;
      if (digit < BASE) return value % 2 ? -(value + 1) / 2 : value / 2;
    }
  }
}

/** The place of a letter in the alphabet: "!", then "#" to "~" without "&", "<" and "\". */
function digitOf(code: number): number {
  return code === 33 ? 0 : code - 34 - (code > 38 ? 1 : 0) - (code > 60 ? 1 : 0) - (code > 92 ? 1 : 0);
}

/** Latitude in degrees of `y`, which runs from 0 at the northern edge of a Web Mercator map to 1. */
function latitude(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}
