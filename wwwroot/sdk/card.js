// The plain card that stands for a picture while there is no safe one to show.

const BACKGROUND = '#16181d';
const INK = '#c9ced8';

/** Draws a card with a line of text over the whole of a 2D context. */
export function drawCard(context, text) {
  const { width, height } = context.canvas;
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, width, height);
  const size = Math.max(12, Math.round(Math.min(width / 18, height / 10)));
  context.font = `500 ${size}px system-ui, sans-serif`;
  context.fillStyle = INK;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, width / 2, height / 2, width * 0.9);
}
