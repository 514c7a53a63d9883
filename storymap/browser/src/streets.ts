/** The ground at street level, for pages of stories that come that close: `main.ts` calls what this leaves in the page. */
import type { BasemapLayer } from "./basemap/layer";
import type { Colours } from "./basemap/colours";
import type { WorldWindow } from "./basemap/window";
import type { StreetsData } from "./streets/contract";
import type { LetterTask, StreetGround } from "./streets/lent";
import type { Focus } from "./map/focus";
import { StreetLetterer } from "./streets/letter";
import { OwnBuildings } from "./streets/own";
import { paintStreets } from "./streets/paint";
import { chooseColours } from "./streets/palette";
import { StreetSheets } from "./streets/sheets";
import { projectX, projectY } from "./views/mercator";

class Streets implements StreetGround {
  private readonly sheets: StreetSheets;
  private readonly letterer: StreetLetterer;
  private readonly own: OwnBuildings;

  constructor(data: StreetsData, private readonly ground: BasemapLayer) {
    this.sheets = new StreetSheets(data.scales);
    this.letterer = new StreetLetterer(data);
    this.own = new OwnBuildings(data.own);
  }

  update({ scene }: Focus): void {
    if (this.own.turnTo(scene)) this.ground.repaint();
  }

  paint(brush: CanvasRenderingContext2D, window: WorldWindow, ratio: number, colours: Colours): void {
    const sheets = this.sheets.list(window);
    if (!sheets.length) return;
    paintStreets(brush, sheets, { width: window.width, height: window.height, ratio, zoom: window.zoom, colours, streets: chooseColours(colours) });
    this.own.paint(brush, window, ratio, colours.accent);
  }

  letter(brush: CanvasRenderingContext2D, task: LetterTask): void {
    const sheets = this.sheets.list(task.window);
    if (sheets.length) this.letterer.letter(brush, sheets, task, chooseColours(task.colours), this.own.names);
  }

  covers({ lng, lat }: { lng: number; lat: number }): boolean {
    return this.sheets.covers(projectX(lng), projectY(lat));
  }

  prepare(pause: () => Promise<void>): Promise<void> {
    return this.sheets.prepare(pause);
  }
}

window.storymap.openStreets = (data, ground) => new Streets(data, ground);
