// The one script of the portal. Every page works without it.
(() => {
  "use strict";

  const KEEP_DAYS = 7;
  const person = document.body.dataset.person;
  const prefix = `draft:${person}:`;

  const store = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // A full or forbidden store only costs the draft.
      }
    },
    drop(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        // See above.
      }
    },
    keys() {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith("draft:"));
      } catch {
        return [];
      }
    },
  };

  // --- Search: "/" leads to the box in the header ---------------------------------------------

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = document.getElementById("portal-search");
    if (box) {
      event.preventDefault();
      box.focus();
    }
  });

  // --- Menus close on Escape and on a click elsewhere -----------------------------------------

  const person_menu = document.querySelector("details.person");
  if (person_menu) {
    document.addEventListener("click", (event) => {
      if (!person_menu.contains(event.target)) person_menu.open = false;
    });
    person_menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      person_menu.open = false;
      person_menu.querySelector("summary").focus();
    });
  }

  // --- Lists: clean addresses, spoken counts, a word when the line is down --------------------

  const notice = document.getElementById("network-notice");
  const failed = () => {
    if (notice) notice.hidden = false;
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    const parameters = event.detail.formData;
    for (const [name, value] of [...parameters.entries()]) {
      if (value === "") parameters.delete(name);
    }
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (notice) notice.hidden = true;
    const count = document.querySelector("[data-announce]");
    const place = document.getElementById("announcement");
    if (count && place) place.textContent = count.textContent;
  });

  // --- Forms: typing is never lost ------------------------------------------------------------

  const fields = (form) =>
    [...form.elements].filter(
      (field) =>
        field.name &&
        !["password", "file", "submit", "button"].includes(field.type) &&
        (field.type !== "hidden" || field.name.endsWith("version")),
    );

  const typed = (form) =>
    fields(form).map((field) => {
      if (field.type === "checkbox" || field.type === "radio") {
        return [field.name, field.value, field.checked];
      }
      if (field.multiple) return [field.name, [...field.selectedOptions].map((o) => o.value)];
      return [field.name, field.value];
    });

  const restore = (form, values) => {
    for (const [name, value, checked] of values) {
      const named = fields(form).filter((field) => field.name === name);
      if (checked !== undefined) {
        for (const field of named) if (field.value === value) field.checked = checked;
      } else if (Array.isArray(value)) {
        for (const option of named[0]?.options ?? []) {
          option.selected = value.includes(option.value);
        }
      } else if (named[0]) {
        named[0].value = value;
      }
    }
  };

  const keep = (form) => {
    if (!person) return;
    const key = prefix + location.pathname;
    const offer = form.querySelector("[data-draft-offer]");
    const offline = form.querySelector("[data-offline-note]");
    const opened = JSON.stringify(typed(form));
    // A form that comes back with errors holds typing that is not saved yet.
    const returned = document.querySelector("[data-error-summary], .conflict") !== null;
    let sending = false;
    let timer = 0;

    const dirty = () => returned || JSON.stringify(typed(form)) !== opened;
    const save = () => {
      if (dirty()) store.write(key, { at: Date.now(), values: typed(form) });
      else if (offer.hidden) store.drop(key);
    };

    const draft = store.read(key);
    if (draft && JSON.stringify(draft.values) !== opened && !returned) {
      const time = offer.querySelector("[data-draft-time]");
      time.dateTime = new Date(draft.at).toISOString();
      time.textContent = new Date(draft.at).toLocaleString("vi-VN");
      offer.hidden = false;
    }
    offer.querySelector("[data-draft-restore]").addEventListener("click", () => {
      restore(form, draft.values);
      offer.hidden = true;
      form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
    offer.querySelector("[data-draft-drop]").addEventListener("click", () => {
      offer.hidden = true;
      store.drop(key);
      save();
    });

    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, 300);
    });
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      save();
      if (!navigator.onLine || sending) {
        event.preventDefault();
        offline.hidden = navigator.onLine;
        return;
      }
      sending = true;
      sessionStorage.setItem("sent", key);
      setTimeout(() => {
        sending = false;
      }, 8000);
    });
    for (const link of form.querySelectorAll("[data-forget-draft]")) {
      link.addEventListener("click", () => {
        sending = true;
        clearTimeout(timer);
        store.drop(key);
      });
    }
    window.addEventListener("online", () => {
      offline.hidden = true;
    });
    window.addEventListener("pageshow", () => {
      sending = false;
    });
    window.addEventListener("pagehide", () => {
      if (!sending) save();
    });
    window.addEventListener("beforeunload", (event) => {
      if (!sending && dirty()) event.preventDefault();
    });
  };

  // A draft goes only when the server says that it saved.
  const sent = sessionStorage.getItem("sent");
  sessionStorage.removeItem("sent");
  if (sent && document.querySelector('[data-level="success"]')) store.drop(sent);

  const oldest = Date.now() - KEEP_DAYS * 86400000;
  for (const key of store.keys()) if (!(store.read(key)?.at > oldest)) store.drop(key);
  for (const form of document.querySelectorAll("form[data-forget-drafts]")) {
    form.addEventListener("submit", () => store.keys().forEach(store.drop));
  }
  for (const form of document.querySelectorAll("form[data-draft]")) keep(form);

  document.querySelector("[data-error-summary]:not(.panel *)")?.focus();
})();
