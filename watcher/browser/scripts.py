"""What is done inside a page once it is there."""

SIZE = """() => {
  const root = document.documentElement;
  return [root ? root.textContent.length : 0, document.getElementsByTagName("*").length];
}"""
"""How many characters and elements the page holds; both stand still when it is complete."""

OPEN = """async (most) => {
  for (const details of document.querySelectorAll("details:not([open])")) details.open = true;
  const outside = "nav, header, footer, aside, form, dialog, [role=dialog], [role=alertdialog], [role=navigation], "
    + "[role=menu], [role=banner], [role=contentinfo]";
  const refused = new RegExp("^(i )?(accept|agree|allow|subscribe|sign (in|up)|log ?in|delete|akzeptieren|zustimmen"
    + "|anmelden|accetta|accetto|accedi|accepter|j'accepte|aceptar|acepto|aceitar)\\\\b.{0,40}$", "i");
  const inside = document.querySelector("main, [role=main]") || document.body;
  const shut = [...inside.querySelectorAll("[aria-expanded=false]")].filter(button => {
    const tag = button.localName;
    if (tag === "a" && !(button.getAttribute("href") || "#").startsWith("#")) return false;
    if (tag === "input" || tag === "select" || button.isContentEditable) return false;
    if (["combobox", "tab", "menuitem", "option", "link"].includes(button.getAttribute("role"))) return false;
    if (button.hasAttribute("aria-haspopup") || button.disabled || button.closest(outside)) return false;
    if (button.closest("a[href]") && tag !== "a") return false;
    if (refused.test(button.textContent.trim()) || refused.test(button.getAttribute("aria-label") || "")) return false;
    // What it shows is in the page already, only out of sight: nothing is won by a click.
    const shown = (button.getAttribute("aria-controls") || "").split(/\\s+/).filter(Boolean)
      .map(id => document.getElementById(id));
    return !(shown.length && shown.every(one => one && one.textContent.trim()));
  }).slice(0, most);
  for (const button of shut) {
    button.click();
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return shut.length;
}"""
"""Opens collapsed sections and gives the number of clicks.

Never clicked: links that lead away, whatever stands in a form (a button there sends it), in menus and dialogs, or is
labelled like consent.
"""

HTML = """(most) => {
  const within = text => text.length > most ? null : text.isWellFormed() ? text : text.toWellFormed();
  const all = document.getElementsByTagName("*");
  let shadows = false;
  for (let at = 0; at < all.length && !shadows; at++) shadows = all[at].shadowRoot !== null;
  if (!shadows) return within(document.documentElement.outerHTML);
  // Copies go into a document without a window, where no element of theirs comes alive.
  const inert = document.implementation.createHTMLDocument("");
  const copy = inert.importNode(document.documentElement, false);
  const open = [[document.documentElement, copy]];
  while (open.length) {
    const [from, to] = open.pop();
    const assigned = from.localName === "slot" && from.assignedNodes ? from.assignedNodes() : [];
    const source = from.localName === "template" ? from.content : from.shadowRoot || from;
    const target = from.localName === "template" ? to.content : to;
    for (const child of assigned.length ? assigned : source.childNodes) {
      const twin = inert.importNode(child, false);
      target.append(twin);
      if (child.nodeType === Node.ELEMENT_NODE) open.push([child, twin]);
    }
  }
  return within(copy.outerHTML);
}"""
"""The page as it stands, with open shadow roots at the place where they are seen; null when longer than allowed."""
