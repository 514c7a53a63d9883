/** Tables that are wider than the text scroll; the keyboard reaches those, and passes over the rest. */
export function reachScrollers(): void {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const table of document.querySelectorAll(".prose table, .data-table-scroll")) watch.observe(table);
}
