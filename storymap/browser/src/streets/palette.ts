/** The colours of streets: those of the palette that the page's land is of. */
import * as look from "../../../look.json";
import type { Colours } from "../basemap/colours";

export type StreetColour = keyof typeof look.streets.colours.light;
export type StreetColours = Record<StreetColour, string>;

export function chooseColours({ land }: Colours): StreetColours {
  const [red = 255, green = 255, blue = 255] = readColour(land);
  return red * 0.3 + green * 0.59 + blue * 0.11 < 128 ? look.streets.colours.dark : look.streets.colours.light;
}

/** Red, green and blue from 0 to 255, of a colour as stylesheets write it; white where a browser does not know it. */
function readColour(text: string): number[] {
  const brush = new OffscreenCanvas(1, 1).getContext("2d");
  if (!brush) return [];
  brush.fillStyle = text;
  brush.fillRect(0, 0, 1, 1);
  return [...brush.getImageData(0, 0, 1, 1).data];
}
