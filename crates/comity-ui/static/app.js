// Progressive enhancement: every page works without this file.
(() => {
  const $ = (s, r = document) => r?.querySelector(s);
  const $$ = (s, r = document) => [...(r?.querySelectorAll(s) ?? [])];
  const on = (type, fn, opt) => document.addEventListener(type, fn, opt);
  const near = (e, s) => e.target.closest?.(s);
  const palette = $('#palette'), modal = $('#modal'), toasts = $('#toasts');

  // One header for every partial request; attributes are not inherited in htmx 4.
  on('htmx:config:request', e => {
    const csrf = $('meta[name=csrf]');
    if (csrf) e.detail.ctx.request.headers['X-CSRF'] = csrf.content;
  });

  // Focus never falls to the body: remember where it was, find it again after the swap.
  let back = null;
  on('htmx:before:request', () => {
    const a = document.activeElement;
    back = a && a !== document.body && { id: (a.id ? a : a.closest('[id]'))?.id, name: a.getAttribute('name') };
  });
  on('htmx:after:swap', () => {
    if (palette?.open) return pick(shown(), 0);
    if (modal?.childElementCount) {
      if (!modal.open) modal.showModal();
      $('[aria-invalid=true], [data-autofocus]', modal)?.focus();
    } else if (document.activeElement === document.body && back?.id) {
      const home = $('#' + back.id), field = 'a, button, input, select, textarea';
      ($('[aria-invalid=true]', home) || (back.name && $(`[name="${back.name}"]`, home)) ||
        (home?.matches(field) ? home : $(field, home)))?.focus();
    }
  });
  on('close', e => {
    if (e.target === modal) modal.replaceChildren();
    if (e.target.contains(document.activeElement)) document.activeElement.blur();
  }, true);
  on('closeModal', () => modal?.close());

  // Toasts leave on their own unless someone is reading them.
  const leave = n => {
    let t;
    const go = () => { t = setTimeout(() => n.remove(), +n.dataset.ms || 6000); };
    n.onmouseenter = n.onfocusin = () => clearTimeout(t);
    n.onmouseleave = go;
    go();
  };
  if (toasts) {
    $$('.toast', toasts).forEach(leave);
    new MutationObserver(ms => ms.forEach(m => m.addedNodes.forEach(n => n.nodeType === 1 && leave(n))))
      .observe(toasts, { childList: true });
  }

  const open = e => {
    e.preventDefault();
    if (palette?.open) return palette.close();
    palette?.showModal();
    $('input', palette)?.select();
  };
  on('click', e => {
    let n;
    if ((n = near(e, '[data-copy]'))) {
      const label = $('span', n) || n, { copy, done } = n.dataset;
      navigator.clipboard?.writeText(copy).then(() => {
        const old = label.textContent;
        label.textContent = done;
        setTimeout(() => { label.textContent = old; }, 1400);
      });
    }
    if ((n = near(e, '[data-share]'))) navigator.share?.({ url: n.dataset.share }).catch(() => {});
    if (near(e, '[data-print]')) print();
    if (near(e, '[data-palette]')) open(e);
    if ((n = near(e, '[data-open]'))) { const d = $('#' + n.dataset.open); if (d) { e.preventDefault(); d.showModal(); } }
    if ((n = near(e, '[data-close]'))) { e.preventDefault(); n.closest('dialog')?.close(); }
    near(e, '[data-dismiss]')?.closest('.toast, .banner')?.remove();
    if (e.target === modal || e.target === palette) e.target.close();
    if ((n = near(e, '#palette [data-href]'))) location.href = n.dataset.href;
  });
  on('change', e => {
    const all = near(e, '[data-all]');
    if (all) $$('.rowcheck', all.form).forEach(c => { c.checked = all.checked; });
    if (near(e, '[data-submit]')) e.target.form.requestSubmit();
    const n = $$('.rowcheck:checked', e.target.form).length, out = $('.bulk output', e.target.form);
    if (out) out.textContent = n;
  });
  if (!navigator.share) $$('[data-share]').forEach(n => { n.hidden = true; });

  // Chart tooltips.
  on('pointerover', e => {
    $$('.tip.on').forEach(t => t.classList.remove('on'));
    const hit = near(e, '[data-tip]'), chart = hit?.closest('.chart');
    if (!chart) return;
    const tip = $('.tip', chart) || chart.appendChild(Object.assign(document.createElement('div'), { className: 'tip' }));
    tip.replaceChildren(...hit.dataset.tip.split('|').map((text, i) =>
      Object.assign(document.createElement(i ? 'div' : 'b'), { textContent: text })));
    const s = $('svg', chart).getBoundingClientRect(), c = chart.getBoundingClientRect();
    tip.style.left = s.left - c.left + Math.min(Math.max(hit.dataset.x * s.width, 60), s.width - 60) + 'px';
    tip.style.top = s.top - c.top + hit.dataset.y * s.height + 'px';
    tip.classList.add('on');
  });

  // Live lists: each message is a rendered fragment; `?live=off` keeps a page idle.
  const live = () => $$('[data-live]').forEach(list => {
    new EventSource(list.dataset.live).onmessage = e => {
      if ('renew' in list.dataset) return htmx.trigger(list, 'renew');
      if ('replace' in list.dataset) list.innerHTML = e.data;
      else list.insertAdjacentHTML('afterbegin', e.data);
      list.firstElementChild?.classList.add('new');
      while (list.childElementCount > 20) list.lastElementChild.remove();
      $$(`[data-until="${list.id}"]`).forEach(n => n.remove());
    };
  });
  if (!/[?&]live=off/.test(location.search)) addEventListener('load', () => setTimeout(live, 1000));

  // Palette: filters its entries, arrows move, Enter goes.
  const shown = () => $$('[role=option]', palette).filter(o => !o.hidden);
  const pick = (all, i) => {
    $$('[role=option]', palette).forEach(o => { o.ariaSelected = o === all[i]; });
    all[i]?.scrollIntoView({ block: 'nearest' });
    $('input', palette).setAttribute('aria-activedescendant', all[i]?.id ?? '');
  };
  on('input', e => {
    if (!near(e, '#palette')) return;
    const q = e.target.value.toLowerCase();
    $$('#palette-pages [role=option]').forEach(o => { o.hidden = !o.textContent.toLowerCase().includes(q); });
    pick(shown(), 0);
  });

  if (/Mac|iP/.test(navigator.platform)) $$('[data-mod]').forEach(n => { n.textContent = '⌘K'; });
  let g = 0;
  on('keydown', e => {
    if ((e.metaKey || e.ctrlKey) && e.key.toLowerCase() === 'k') return open(e);
    if (palette?.open) {
      const all = shown(), i = all.findIndex(o => o.ariaSelected === 'true'), d = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (d) { e.preventDefault(); pick(all, (i + d + all.length) % all.length); }
      if (e.key === 'Enter' && all[i]) { e.preventDefault(); location.href = all[i].dataset.href; }
      return;
    }
    if (e.metaKey || e.ctrlKey || e.altKey || e.target.matches('input, textarea, select') || $('dialog[open]')) return;
    const rows = $$('.table tbody .rowlink'), at = rows.indexOf(document.activeElement);
    if (Date.now() - g < 900) { g = 0; return $(`[data-go="${e.key}"]`)?.click(); }
    if (e.key === 'g') g = Date.now();
    else if (e.key === '/') { e.preventDefault(); ($('input[type=search]', $('main')) || { focus: () => open(e) }).focus(); }
    else if (e.key === '?') $('#keys')?.showModal();
    else if (e.key === 'j' || e.key === 'k') rows[Math.max(at + (e.key === 'j' ? 1 : -1), 0)]?.focus();
    else if (e.key === 'c') $('[data-new]')?.click();
  });
})();
