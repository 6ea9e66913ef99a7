"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);

  const reveal = (target) => {
    for (let box = target; box; box = box.parentElement) {
      if (box.tagName === "DETAILS") box.open = true;
    }
  };
  const targetOf = (hash) => {
    try {
      return hash.length > 1 ? byId(decodeURIComponent(hash.slice(1))) : null;
    } catch {
      return null;
    }
  };
  let showAnyway = () => {};
  const arrive = () => {
    const target = targetOf(location.hash);
    if (!target) return;
    showAnyway(target);
    reveal(target);
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: target.matches("mark, .line, span") ? "center" : "start" });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && targetOf(link.hash);
    if (target) reveal(target);
    if (target && link.hash === location.hash) {
      event.preventDefault();
      arrive();
    }
  });
  addEventListener("hashchange", arrive);

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open]):not(.fold):not(.clean)");
    for (const box of closed) box.open = true;
  });
  addEventListener("afterprint", () => {
    for (const box of closed) box.open = false;
    closed = [];
  });

  const form = byId("filters");
  if (form) {
    const findings = all(".finding");
    const nodes = all(".node").reverse();
    const groups = all(".group");
    const files = all(".file");
    const rules = all(".about-rule");
    const tags = all("[data-for]");
    const levels = ["error", "warning", "info"];
    const suppressed = byId("suppressed");
    const words = new Map();
    const wordsOf = (finding) => {
      if (!words.has(finding)) {
        const names = [];
        for (let box = finding.closest(".node"); box; box = box.parentElement.closest(".node")) {
          names.push(box.querySelector("summary").textContent);
        }
        words.set(finding, [finding.textContent, ...names].join(" ").toLowerCase());
      }
      return words.get(finding);
    };
    const filter = () => {
      const wanted = new Set(levels.filter((level) => byId(`level-${level}`).checked));
      const chosen = byId("rule").value;
      const terms = byId("text").value.toLowerCase().split(/\s+/).filter(Boolean);
      const withSuppressed = Boolean(suppressed && suppressed.checked);
      const isNarrow = wanted.size < levels.length || chosen !== "" || terms.length > 0;
      const shown = new Set();
      const codes = new Set();
      let held = 0;
      for (const finding of findings) {
        const { level, rule: code } = finding.dataset;
        const isSuppressed = "suppressed" in finding.dataset;
        const fits =
          (wanted.has(level) || !levels.includes(level)) &&
          (!chosen || code === chosen) &&
          terms.every((term) => wordsOf(finding).includes(term));
        if (fits && isSuppressed && !withSuppressed) held += 1;
        finding.hidden = !fits || (isSuppressed && !withSuppressed);
        if (finding.hidden) continue;
        shown.add(finding.id.slice(1));
        codes.add(code);
      }
      for (const node of nodes) {
        const hasShown = node.querySelector(".finding:not([hidden])") !== null;
        node.hidden = isNarrow && !hasShown;
        if (isNarrow && hasShown) node.open = true;
      }
      for (const group of groups) group.hidden = group.querySelector(".finding:not([hidden])") === null;
      for (const tag of tags) {
        const isOff = !tag.dataset.for.split(" ").some((number) => shown.has(number));
        if (tag.tagName === "MARK") tag.classList.toggle("off", isOff);
        else tag.hidden = isOff;
      }
      for (const file of files) file.hidden = isNarrow && file.querySelector(".tag:not([hidden])") === null;
      for (const rule of rules) rule.hidden = isNarrow && !codes.has(rule.dataset.rule);
      for (const link of all("nav a")) {
        const section = targetOf(link.hash);
        const parts = [...section.children].filter((part) => !part.matches("h2, .note"));
        section.hidden = parts.every((part) => part.hidden);
        link.parentElement.hidden = section.hidden;
      }
      byId("nothing").hidden = shown.size > 0 || !isNarrow;
      const count = `${shown.size} of ${findings.length} finding${findings.length === 1 ? "" : "s"} shown`;
      const rest = held > 0 ? ` (${held} suppressed ${held === 1 ? "is" : "are"} hidden)` : "";
      byId("status").textContent = `${count}${rest}`;
    };
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    byId("open-all").addEventListener("click", () => all(".node").forEach((node) => (node.open = true)));
    byId("close-all").addEventListener("click", () => all(".node").forEach((node) => (node.open = false)));
    byId("filter-box").open = !matchMedia("(max-width: 40rem)").matches;
    form.hidden = false;
    filter();
    showAnyway = (target) => {
      if (!target.closest("[hidden]")) return;
      if (suppressed && "suppressed" in target.dataset) suppressed.checked = true;
      for (const level of levels) byId(`level-${level}`).checked = true;
      byId("rule").value = "";
      byId("text").value = "";
      filter();
    };
  }
  arrive();
})();
