/** How a line between places looks at a moment of the story. */
import type { LegData } from "../contract";
import type { Focus } from "./focus";

export type LegState = "hidden" | "quiet" | "active";

/** In the opening every leg is quiet; a story lit on the atlas brings its own forward; the way ahead is not yet drawn. */
export function chooseLegState(leg: Pick<LegData, "step" | "story">, { step, story }: Pick<Focus, "step" | "story">): LegState {
  if (leg.story >= 0) return leg.story === story ? "active" : "quiet";
  if (leg.step < 0 || step === 0) return "quiet";
  if (leg.step === step) return "active";
  return leg.step < step ? "quiet" : "hidden";
}
