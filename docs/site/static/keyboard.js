/* What furo leaves to the pointer: the menu and the contents of a narrow screen, and tables that scroll. */
"use strict";
(() => {
  for (const label of document.querySelectorAll('label[for="__navigation"], label[for="__toc"]')) {
    if (label.classList.contains("overlay")) continue;
    label.tabIndex = 0;
    label.setAttribute("role", "button");
    label.setAttribute("aria-label", label.htmlFor === "__toc" ? "Contents" : "Menu");
    label.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      label.click();
    });
  }
  for (const wrapper of document.querySelectorAll(".table-wrapper")) {
    if (wrapper.scrollWidth > wrapper.clientWidth) wrapper.tabIndex = 0;
  }
})();
