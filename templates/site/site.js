// Jumps from change to change with j and k. The page works without it.
(function () {
  "use strict";
  var changes = Array.from(document.querySelectorAll("[data-change]"));
  var hint = document.querySelector(".keys");
  if (changes.length < 2) return;
  if (hint) hint.hidden = false;
  document.addEventListener("keydown", function (event) {
    var target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "radio") return;
    if (event.key !== "j" && event.key !== "k") return;
    var edge = 40;
    var at = changes.indexOf(document.activeElement);
    if (at < 0) {
      at = changes.findIndex(function (one) { return one.getBoundingClientRect().top > edge; });
      at = (at < 0 ? changes.length : at) - (event.key === "j" ? 1 : 0);
    }
    var next = changes[at + (event.key === "j" ? 1 : -1)];
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
    event.preventDefault();
  });
})();
