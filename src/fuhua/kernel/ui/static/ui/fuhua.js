// Small conveniences; every page works without them.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const typing = (el) => el.closest("input, textarea, select, [contenteditable]");

  // --- theme -------------------------------------------------------------------------------------------------------
  function showTheme() {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.setAttribute("aria-pressed", String(window.fuhuaTheme.dark()));
    }
  }

  // --- dialogs, drops and the drawer -------------------------------------------------------------------------------
  function openDialog(id) {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) dialog.showModal();
    return Boolean(dialog);
  }
  function closeDrops(except) {
    for (const drop of document.querySelectorAll("details.drop[open]")) {
      if (drop !== except && !drop.contains(except)) drop.open = false;
    }
  }
  function escape() {
    const drop = $("details.drop[open]");
    if (drop) {
      drop.open = false;
      $("summary", drop).focus();
    } else if (location.hash === "#menu") {
      location.hash = "#main";
      $(".menu-open")?.focus();
    }
  }

  // --- copy --------------------------------------------------------------------------------------------------------
  async function copy(button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    announce(button.dataset.done);
    button.classList.add("is-done");
    setTimeout(() => button.classList.remove("is-done"), 1600);
  }
  function announce(text) {
    const place = $(".messages") || document.body;
    const said = document.createElement("div");
    said.className = "note note-passing";
    said.textContent = text;
    place.append(said);
    setTimeout(() => said.remove(), 2500);
  }

  // --- clicks ------------------------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest(selector);
    closeDrops(event.target);
    if (hit("[data-theme-switch]")) { window.fuhuaTheme.toggle(); showTheme(); }
    const copier = hit("[data-copy]");
    if (copier) copy(copier);
    if (hit("[data-print]")) window.print();
    const opener = hit("[data-dialog]");
    if (opener && openDialog(opener.dataset.dialog)) event.preventDefault();
    const closer = hit("[data-close]");
    if (closer?.closest("dialog").open) { event.preventDefault(); closer.closest("dialog").close(); }
    if (event.target.matches("dialog.dialog")) event.target.close();
  });

  // --- keys --------------------------------------------------------------------------------------------------------
  const GO = { h: () => $(".brand"), w: () => $(".bell"), m: () => $(".menu-open") };
  let leader = 0;
  function go(letter) {
    if (letter === "m" && !$(".menu-open")?.offsetParent) return $(".menu a:not(.menu-close)")?.focus();
    const own = $(`.menu a[data-key="${CSS.escape(letter)}"]`);
    (own || GO[letter]?.())?.click();
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return escape();
    if (event.key === " " && event.target.matches("a[role=button]")) {
      event.preventDefault();
      return event.target.click();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $("dialog[open]")) return;
    if (event.key === "/" && $("#top-search")) {
      event.preventDefault();
      $("#top-search").focus();
    } else if (event.key === "?") {
      openDialog("keys");
    } else if (event.key === "g") {
      leader = Date.now();
    } else if (Date.now() - leader < 1200) {
      leader = 0;
      go(event.key);
    }
  });

  // --- htmx --------------------------------------------------------------------------------------------------------
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = document.body.dataset.csrf || "";
  });

  // --- autosave: <form data-autosave="/url"> posts itself a second after the last change ----------------------------
  function autosave(form) {
    let timer = 0;
    const said = $("[data-autosave-said]", form);
    const save = async () => {
      const answer = await fetch(form.dataset.autosave || form.action, {
        method: "POST", body: new FormData(form), headers: { "X-Autosave": "1", "X-CSRFToken": document.body.dataset.csrf || "" },
      }).catch(() => null);
      if (said) said.textContent = answer?.ok ? said.dataset.saved : said.dataset.failed;
    };
    form.addEventListener("input", () => {
      if (said) said.textContent = said.dataset.saving || "";
      clearTimeout(timer);
      timer = setTimeout(save, 1000);
    });
  }

  // --- folding: data tables are open without script, folded with it, open again on paper -----------------------------
  const folded = () => document.querySelectorAll("details[data-fold]");
  function fold(root) {
    for (const each of root.querySelectorAll("details[data-fold]")) each.open = false;
  }
  window.addEventListener("beforeprint", () => folded().forEach((each) => { each.dataset.was = each.open; each.open = true; }));
  window.addEventListener("afterprint", () => folded().forEach((each) => { each.open = each.dataset.was === "true"; }));

  function dress(root) {
    fold(root);
    root.querySelectorAll("form[data-autosave]").forEach(autosave);
  }
  document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) dress(event.detail.elt); });
  document.addEventListener("fuhua:theme", showTheme);
  dress(document);
  showTheme();
  $(".error-summary")?.focus();
})();
