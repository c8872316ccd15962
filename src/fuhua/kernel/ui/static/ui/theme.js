// Chooses the theme before anything is drawn: the reader's own choice, else the system's.
(() => {
  "use strict";
  const link = document.getElementById("dark-theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const MEDIA = { dark: "screen", light: "not all", "": "screen and (prefers-color-scheme: dark)" };

  function chosen() {
    try { return localStorage.getItem("fuhua-theme") || ""; } catch { return ""; }
  }
  function apply(theme) {
    link.media = MEDIA[theme] ?? MEDIA[""];
    root.dataset.theme = theme || (system.matches ? "dark" : "light");
    root.classList.add("scripted");
    document.dispatchEvent(new CustomEvent("fuhua:theme"));
  }
  window.fuhuaTheme = {
    dark: () => root.dataset.theme === "dark",
    toggle() {
      const next = this.dark() ? "light" : "dark";
      try { localStorage.setItem("fuhua-theme", next); } catch { /* private window: lasts for this page */ }
      apply(next);
    },
  };
  system.addEventListener("change", () => apply(chosen()));
  apply(chosen());
})();
