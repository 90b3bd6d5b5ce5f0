// Tabs: in a window that is too narrow for all of them, the one that is open is in sight.
import { onLoad } from "./htmx";

/** Brings the open tab into sight whenever there is another page. */
export function tabs(): void {
  onLoad((part) => {
    if (!part.closest("#main") || part.id === "main") show();
  });
  window.addEventListener("resize", show);
}

function show(): void {
  const row = document.getElementById("tabs");
  const open = row?.querySelector<HTMLElement>("[aria-current]");
  if (!row || !open) return;
  const [all, one] = [row.getBoundingClientRect(), open.getBoundingClientRect()];
  row.scrollLeft += one.left + one.width / 2 - (all.left + all.width / 2);
}
