"use strict";
(() => {
  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  const setUp = (form, items, noun, fits, after = () => {}) => {
    const output = form.querySelector("output");
    const apply = () => {
      const words = form.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const item of items) {
        item.lower ??= (item.searched ?? item.element).textContent.toLowerCase();
        const fit = fits(item.element) && words.every((word) => item.lower.includes(word));
        item.element.hidden = !fit;
        shown += fit;
      }
      output.textContent = shown === items.length ? count(shown, noun) : `${shown} of ${count(items.length, noun)}`;
      after(shown);
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    apply();
  };

  const setUpPassages = (form) => {
    const elements = [...document.querySelectorAll(".passage")];
    const items = elements.map((element) => ({ element }));
    const fits = (element) =>
      form.querySelector(`[name=state][value="${element.dataset.state}"]`).checked &&
      (!form.elements.findings?.checked || "findings" in element.dataset);
    setUp(form, items, "passage", fits, (shown) => {
      document.querySelector(".nothing").hidden = shown > 0;
    });
    const open = (element) => !element.hidden && element.dataset.state !== "translated";
    form.elements.next.addEventListener("click", () => {
      const here = elements.findIndex((element) => element === elements.current);
      const next = elements.slice(here + 1).find(open) ?? elements.find(open);
      if (next) {
        elements.current = next;
        next.focus({ preventScroll: true });
        next.scrollIntoView({ block: "center" });
      }
    });
    form.elements.next.hidden = !elements.some((element) => element.dataset.state !== "translated");
  };

  const setUpRows = (form) => {
    const table = [...form.parentElement.querySelectorAll("table")].at(-1);
    const items = [...table.tBodies[0].rows].map((element) => ({ element, searched: element.cells[0] }));
    setUp(form, items, "page", (row) => !form.elements.open?.checked || "open" in row.dataset);
  };

  const value = (row, index) => {
    const cell = row.cells[index];
    const text = cell.dataset.value ?? cell.textContent.trim();
    const number = Number.parseFloat(text);
    return index === 0 ? text.toLowerCase() : Number.isNaN(number) ? (cell.classList.contains("n") ? -1 : text) : number;
  };

  const setUpSorting = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, index) => {
      if ("unsorted" in head.dataset) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...table.tBodies[0].rows].map((row) => [value(row, index), row]);
        rows.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0) * (down ? -1 : 1));
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  };

  for (const form of document.querySelectorAll("form[data-filter]")) {
    (form.dataset.filter === "passages" ? setUpPassages : setUpRows)(form);
  }
  document.querySelectorAll("table[data-sort]").forEach(setUpSorting);
})();
