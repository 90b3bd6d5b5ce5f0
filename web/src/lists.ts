// Lists: j and k go from row to row, Enter opens the one at hand.
import { act } from "./keys";

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("#main [data-row]")];

function step(by: 1 | -1): boolean {
  const all = rows();
  if (all.length === 0) return false;
  const at = all.findIndex((row) => row === document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  const row = all[next];
  row?.focus({ preventScroll: true });
  row?.closest("li, tr")?.scrollIntoView({ block: "nearest" });
  return true;
}

/** Says what the keys of lists do. */
export function lists(): void {
  act("next", () => step(1));
  act("previous", () => step(-1));
  act("open", () => {
    const row = rows().find((one) => one === document.activeElement);
    row?.click();
    return row !== undefined;
  });
}
