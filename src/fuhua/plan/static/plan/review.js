// Selecting words of the plan offers to add them as an item; cancelling an inline form brings its card back.
(() => {
  "use strict";
  const body = document.querySelector(".review-body");
  const bar = document.querySelector(".review-pick");

  function offset(node, within) {
    const run = (node.nodeType === 1 ? node : node.parentElement).closest("[data-at]");
    return run && body.contains(run) ? Number(run.dataset.at) + (node.nodeType === 3 ? within : 0) : -1;
  }
  // the server counts characters, script counts UTF-16 units: only rare signs beyond the first plane differ
  function offer() {
    const chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !body.contains(chosen.anchorNode)) return;
    const range = chosen.getRangeAt(0);
    const from = offset(range.startContainer, range.startOffset);
    const to = offset(range.endContainer, range.endOffset);
    bar.hidden = from < 0 || to <= from;
    for (const link of bar.querySelectorAll("a")) {
      const url = new URL(link.href);
      url.search = new URLSearchParams({ from, to }).toString();
      link.href = url.pathname + url.search;
    }
  }
  if (body && bar) document.addEventListener("selectionchange", offer);

  document.addEventListener("click", (event) => {
    const cancel = event.target.closest("a[data-reload]");
    if (cancel && document.querySelector(".review")) {
      event.preventDefault();
      location.hash = new URL(cancel.href).hash;
      location.reload();
    }
  });
})();
