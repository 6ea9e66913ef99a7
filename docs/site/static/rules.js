/* Filters over the table of rules: a text, and a choice for each column in which values repeat. Without a script, or
   where nothing is chosen, all rules show. What is chosen stands in the address, so that it can be passed on. */
"use strict";
(() => {
  const table = document.querySelector("section#rules > .table-wrapper table");
  if (!table) return;
  const columns = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows].map((row) => ({
    row,
    text: row.textContent.toLowerCase(),
    values: [...row.cells].map((cell) => cell.textContent.trim().split(/, | and /)),
  }));
  const form = document.createElement("form");
  form.className = "filters";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Filter rules");
  const field = (name, control) => {
    const label = document.createElement("label");
    label.textContent = name;
    label.htmlFor = control.id = `filter-${name}`;
    control.name = name;
    const both = document.createElement("div");
    both.append(label, control);
    form.append(both);
  };
  const words = document.createElement("input");
  words.type = "search";
  words.placeholder = "code, name or words";
  words.autocomplete = "off";
  field("text", words);
  for (const name of ["kind", "level", "profile", "fix", "basis"]) {
    const at = columns.indexOf(name);
    const select = document.createElement("select");
    select.append(new Option("any", ""));
    const values = new Set(rows.flatMap(({ values }) => values[at]));
    for (const value of [...values].sort()) select.append(new Option(value, value));
    select.dataset.column = at;
    field(name, select);
  }
  const clear = document.createElement("button");
  clear.type = "reset";
  clear.textContent = "clear";
  const count = document.createElement("output");
  count.setAttribute("aria-live", "polite");
  form.append(clear, count);
  table.closest(".table-wrapper").before(form);

  const selects = [...form.querySelectorAll("select")];
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text, values } of rows) {
      const fits =
        wanted.every((word) => text.includes(word)) &&
        selects.every((select) => !select.value || values[select.dataset.column].includes(select.value));
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = `${shown} of ${rows.length} rules`;
    const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString();
    history.replaceState(null, "", location.pathname + (chosen ? `?${chosen}` : "") + location.hash);
  };
  for (const [name, value] of new URLSearchParams(location.search)) {
    const control = form.elements.namedItem(name);
    if (control) control.value = value;
  }
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
})();
