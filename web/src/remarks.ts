// Remarks: keys lead to the fields of a note and a label, and press the button of what is disputed.
import { act } from "./keys";

/** Says what the keys of remarks do. */
export function remarks(): void {
  act("note", () => find("note"));
  act("label", () => find("label"));
  act("dispute", () => {
    const button = document.querySelector<HTMLElement>('#main [data-does="dispute"]');
    button?.click();
    return button !== null;
  });
}

function find(name: string): boolean {
  const field = document.querySelector<HTMLElement>(`#main [data-field="${name}"]`);
  field?.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
  return field !== null;
}
