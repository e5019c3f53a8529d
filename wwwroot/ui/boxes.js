// What models found and what a person said of it, drawn over a picture. Places are parts of the picture.

export const LINES = {
  right: { colour: '#3ddc84', dash: [], title: 'found' },
  shown: { colour: '#ffd166', dash: [6, 4], title: 'found, and shown on purpose' },
  wrong: { colour: '#ff7b7b', dash: [], title: 'found, but not there' },
  drawn: { colour: '#66b3ff', dash: [], title: 'drawn by hand' },
};

/**
 * Draws a picture with its boxes, as wide at most as `widest`.
 * @param {HTMLCanvasElement} canvas
 * @param {ImageBitmap} picture
 * @param {{ class: string, box: any, said: string }[]} finds
 * @param {{ class: string, box: any }[]} drawn
 */
export function drawMarks(canvas, picture, finds, drawn, widest = 720) {
  const scale = Math.min(1, widest / picture.width);
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  for (const { box, said } of finds) drawBox(context, box, said);
  for (const { box } of drawn) drawBox(context, box, 'drawn');
}

/** The boxes alone, on a canvas of the picture's shape: for who may not see the picture. */
export function drawBoxesAlone(canvas, width, height, finds, drawn, widest = 320) {
  const scale = Math.min(1, widest / width);
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d');
  context.fillStyle = '#20242c';
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const { box, said } of finds) drawBox(context, box, said);
  for (const { box } of drawn) drawBox(context, box, 'drawn');
}

function drawBox(context, box, said) {
  const { colour, dash } = LINES[said];
  const { width, height } = context.canvas;
  const [x, y, across, down] = [box.x * width, box.y * height, box.width * width, box.height * height];
  const line = (style, size) => {
    context.strokeStyle = style;
    context.lineWidth = size;
    context.strokeRect(x, y, across, down);
    if (said !== 'wrong') return;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + across, y + down);
    context.moveTo(x + across, y);
    context.lineTo(x, y + down);
    context.stroke();
  };
  context.setLineDash(dash);
  const size = Math.max(2, width / 160);
  line('rgb(0 0 0 / 0.6)', size + 2);
  line(colour, size);
  context.setLineDash([]);
}

/** In words, for who does not see the canvas. */
export function wordsOfMarks(finds, drawn) {
  const counts = Object.entries(LINES).map(([said, { title }]) => [said === 'drawn' ? drawn.length : finds.filter((find) => find.said === said).length, title]);
  return counts.filter(([count]) => count > 0).map(([count, title]) => `${count} ${title}`).join('; ') || 'nothing found and nothing drawn';
}
