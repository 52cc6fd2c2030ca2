// Elements are made here and nowhere else, and what goes into them is text: a name that looks like HTML stays a name.

export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = id => document.getElementById(id);

export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
}

// Writes only what is different: a screen reader or a selection is not disturbed for nothing.
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function table(columns, rows) {
  return el("table", {},
    el("thead", {}, el("tr", {}, columns.map(column => el("th", { scope: "col", class: column.class }, column.title)))),
    el("tbody", {}, rows.map(row => el("tr", {}, row.map((cell, i) => el("td", { class: columns[i].class }, cell ?? "–"))))));
}
