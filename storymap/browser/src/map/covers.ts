/** What covers the map, in its pixels: text, the rail of steps with its words, buttons, the inset, the credits. No name may stand half under any of it. */
import type * as L from "leaflet";
import type { ScreenBox } from "../labels/boxes";
import { measureFrame } from "../views/frame";

const TEXT = ".column";
const ON_MAP = ".map-return:not([hidden]), .leaflet-control:not(.is-needless), .steps-rail :is(ol, .steps-rail-label), .steps-left";

export function findCovers(map: L.Map): ScreenBox[] {
  const container = map.getContainer();
  const scope = container.closest(".stage") ?? container;
  const { left: x, top: y } = container.getBoundingClientRect();
  const boxesOf = (elements: Iterable<Element>) =>
    [...elements].flatMap((element): ScreenBox[] => {
      const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
      return width && height ? [{ left: left - x, top: top - y, right: right - x, bottom: bottom - y }] : [];
    });
  const { left, width } = measureFrame(map);
  // Text beside the part of the map that is seen covers it; text that reaches into its width runs along under the map.
  const text = boxesOf(scope.querySelectorAll(TEXT)).filter((box) => box.right <= left || box.left >= left + width);
  return [...text, ...boxesOf(scope.querySelectorAll(ON_MAP))];
}
