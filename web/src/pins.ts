// What stands on the map: rings for the machine alone, discs once judged, dots for what is no fact.

export const LOOKS = ["ghost", "solid", "dotted"] as const;
/** How names of pictures of counts begin. */
export const CLUSTER = "count-";
const SIZE = 26; // pixels of a picture, two to a pixel of the page
const ACROSS = 44;

/** The colours that the page has now. */
export interface Colours {
  page: string;
  ink: string;
  sea: string;
  land: string;
  border: string;
  area: string;
  families: Record<string, string>;
}

/** Returns the page's colours; they are looked up by wearing them, since some depend on the theme. */
export function colours(at: HTMLElement): Colours {
  const probe = document.createElement("span");
  probe.hidden = true;
  at.append(probe);
  const worn = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const families = Object.fromEntries(
    ["VC", "MC", "VX", "MX", "XX"].map((one) => [one, worn(`family-${one.toLowerCase()}`)]),
  );
  const found = {
    page: worn("card"),
    ink: worn("ink"),
    sea: worn("map-sea"),
    land: worn("map-land"),
    border: worn("map-border"),
    area: worn("map-area"),
    families,
  };
  probe.remove();
  return found;
}

/** Returns a picture of an event in one of the three ways that everything is drawn in. */
export function pin(look: (typeof LOOKS)[number], colour: string, page: string): ImageData {
  const brush = canvas(SIZE, SIZE);
  const middle = SIZE / 2;
  brush.beginPath();
  brush.arc(middle, middle, middle - 4, 0, 2 * Math.PI);
  brush.fillStyle = look === "solid" ? colour : page;
  brush.fill();
  brush.lineWidth = 4;
  brush.strokeStyle = colour;
  if (look === "dotted") {
    brush.lineCap = "round";
    brush.setLineDash([0.1, 7]);
  }
  brush.stroke();
  if (look === "ghost") {
    brush.beginPath();
    brush.arc(middle, middle, 3, 0, 2 * Math.PI);
    brush.fillStyle = colour;
    brush.fill();
  }
  return brush.getImageData(0, 0, SIZE, SIZE);
}

/** Returns a picture of how many events stand together. */
export function counted(number: string, own: Colours): ImageData {
  const wide = Math.max(ACROSS, 20 + 14 * number.length);
  const brush = canvas(wide, ACROSS);
  brush.beginPath();
  brush.roundRect(3, 3, wide - 6, ACROSS - 6, (ACROSS - 6) / 2);
  brush.fillStyle = own.ink;
  brush.fill();
  brush.lineWidth = 3;
  brush.strokeStyle = own.page;
  brush.stroke();
  brush.fillStyle = own.page;
  brush.font = "600 22px system-ui, sans-serif";
  brush.textAlign = "center";
  brush.textBaseline = "middle";
  brush.fillText(number, wide / 2, ACROSS / 2 + 1);
  return brush.getImageData(0, 0, wide, ACROSS);
}

function canvas(width: number, height: number): CanvasRenderingContext2D {
  const made = document.createElement("canvas");
  made.width = width;
  made.height = height;
  return made.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
}
