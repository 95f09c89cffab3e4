import { isBlank } from '../../shared/text.ts';
import { findWards, type WardOption } from './find-wards.ts';

/**
 * Puts a field to type a ward into in the place of the list: a combobox after the ARIA pattern "list autocomplete with manual
 * selection" (w3.org/WAI/ARIA/apg/patterns/combobox). The list stays in the form and holds the choice. `onChoice` runs at each.
 */
export function offerWardSearch(form: HTMLFormElement, onChoice: () => void): void {
  const select = form.elements.namedItem('ward');
  const input = form.querySelector<HTMLInputElement>('#ward-search');
  const list = form.querySelector<HTMLElement>('#ward-found');
  const none = form.querySelector<HTMLElement>('#ward-none');
  if (!(select instanceof HTMLSelectElement)) return;
  if (input === null || list === null || none === null) return;
  const options = Array.from(
    form.querySelectorAll<HTMLOptionElement>('#ward option'),
    ({ value, text }) => ({ code: value, words: text }),
  );
  let found: WardOption[] = [];
  let active = -1;

  const show = (wards: WardOption[]): void => {
    found = wards;
    active = -1;
    const rows = wards.map((ward, index) => {
      const row = document.createElement('div');
      row.id = `ward-option-${index}`;
      row.className = 'pick';
      row.setAttribute('role', 'option');
      row.setAttribute('aria-selected', 'false');
      row.textContent = ward.words;
      // Before the field loses the focus.
      row.addEventListener('pointerdown', (event) => event.preventDefault());
      row.addEventListener('click', () => choose(ward));
      return row;
    });
    list.replaceChildren(...rows);
    list.hidden = rows.length === 0;
    input.setAttribute('aria-expanded', String(rows.length > 0));
    input.removeAttribute('aria-activedescendant');
  };

  const activate = (index: number): void => {
    active = index;
    for (const [at, row] of Array.from(list.children ?? []).entries()) {
      row.setAttribute('aria-selected', String(at === index));
      if (at !== index) continue;
      input.setAttribute('aria-activedescendant', row.id);
      row.scrollIntoView({ block: 'nearest' });
    }
  };

  const choose = (ward: WardOption | undefined): void => {
    if (ward === undefined) return;
    select.value = ward.code;
    input.value = ward.words;
    show([]);
    onChoice();
  };

  takePlace(select, input);
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Phường, xã tìm thấy');
  const search = (): void => {
    select.value = '';
    show(findWards(options, input.value));
    none.hidden = found.length > 0 || isBlank(input.value);
  };
  if (select.value === '' && input.value !== '') search();
  input.addEventListener('input', search);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(found[Math.max(active, 0)]);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      activate((active + step + found.length) % Math.max(found.length, 1));
    } else if (event.key === 'Escape') show([]);
  });
  // What leaves no doubt is taken without a press.
  input.addEventListener('blur', () => {
    const codes = new Set(found.map(({ code }) => code));
    if (codes.size === 1) choose(found[0]);
  });
}

/** The field gets the list's id, to which its label and the summary of mistakes lead, and shows what the list holds. */
function takePlace(select: HTMLSelectElement, input: HTMLInputElement): void {
  select.hidden = true;
  select.id = 'ward-list';
  input.id = 'ward';
  input.hidden = false;
  // Where the form is given back, what was typed stands in the field.
  if (input.value === '' && select.value !== '')
    input.value = select.selectedOptions[0]?.text ?? '';
  const hint = document.querySelector('#ward-hint');
  hint?.querySelector('.of-list')?.setAttribute('hidden', '');
  hint?.querySelector('.of-search')?.removeAttribute('hidden');
}
