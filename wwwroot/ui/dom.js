/**
 * Makes an element: properties are set, `on…` are listened to, `dataset` and `aria…` go where they belong.
 * @param {string} tag
 * @param {Record<string, any>} properties
 * @param {any[]} children
 * @returns {any}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'dataset') Object.assign(element.dataset, value);
    else if (name.startsWith('aria-') || name === 'role' || name === 'for' || name === 'list') element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The element of the page with this id, whichever kind it is. @returns {any} */
export const byId = (/** @type {string} */ id) => document.getElementById(id);

/** Calls `action` once things have been quiet for a while: a slider sends one change and not a hundred. */
export function debounce(action, milliseconds = 120) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
}

/** A button that shows whether it is on. Calls `change(on)`. */
export function toggle(button, change, on = false) {
  const set = (value) => {
    button.setAttribute('aria-pressed', String(value));
    change(value);
  };
  button.addEventListener('click', () => set(button.getAttribute('aria-pressed') !== 'true'));
  if (on) set(true);
  return set;
}
