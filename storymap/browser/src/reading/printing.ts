/** Prints the story, which is a handout on paper and in a PDF: a button, for who does not know that browsers offer it. */

export async function printStory(): Promise<void> {
  // Pictures further down wait until a reader comes near, and paper would go out without them.
  const pictures = [...document.querySelectorAll<HTMLImageElement>("img[loading=lazy]")];
  for (const picture of pictures) picture.loading = "eager";
  await Promise.allSettled(pictures.map((picture) => picture.decode()));
  window.print();
}
