// Review: keys press the buttons that say what they do; the next question shows at once.
import { act } from "./keys";

/** Says what the keys of review do. */
export function review(): void {
  act("accept", () => press("accept"));
  act("reject", () => press("reject"));
  act("unsure", () => press("unsure"));
  act("correct", () => press("correct"));
  act("merge", () => press("merge"));
  act("split", () => press("split"));
  act("undo", () => press("undo"));
  act("redo", () => press("redo"));
  act("repeat", () => press("repeat"));
  act("follow", () => press("follow"));
  document.addEventListener("keydown", (event) => {
    if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.target as Element).closest("input, select, textarea")) return;
    if (press(`choose-${event.key}`)) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.matches(".question .verdict[method=post]")) ahead();
  });
}

function press(name: string): boolean {
  const button = document.querySelector<HTMLElement>(`#main [data-does="${name}"]:not([disabled])`);
  button?.click();
  return button !== null;
}

/** Shows the question that comes next while the decision is kept. */
function ahead(): void {
  const next = document.querySelector<HTMLElement>("#main .upcoming");
  const now = document.querySelector<HTMLElement>("#main .now > .question");
  if (!next || !now) return;
  now.hidden = true;
  next.hidden = false;
}
