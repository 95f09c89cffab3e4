import { isBlank } from '../../shared/text.ts';
import { type Draft, DRAFT_KEY, packDraft, unpackDraft } from './draft.ts';
import { findWards } from './find-wards.ts';
import { withSessionStorage } from './session-storage.ts';
import { chooseSlot, chosenService, showWindows } from './show-windows.ts';

const form = document.querySelector<HTMLFormElement>('form[action="/api/bookings"]');
const givenBack = document.querySelector('.summary:not([hidden])') !== null;

if (form !== null) {
  const draft = givenBack ? {} : restoreDraft(form);
  void showWindows(form, draft['slot']);
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === 'service') void showWindows(form);
  });
  form.addEventListener('input', () => saveDraft(form));
  offerWardSearch(form);
}

function saveDraft(form: HTMLFormElement): void {
  const values = Array.from(new FormData(form)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  withSessionStorage((storage) => storage.setItem(DRAFT_KEY, packDraft(values, Date.now())));
}

function restoreDraft(form: HTMLFormElement): Draft {
  const stored = withSessionStorage((storage) => storage.getItem(DRAFT_KEY));
  const draft = unpackDraft(stored, Date.now());
  for (const [name, value] of Object.entries(draft)) {
    const control = form.elements.namedItem(name);
    if (name === 'service' && chosenService(form) !== '') continue;
    if (name === 'slot') {
      chooseSlot(form, value);
    } else if (control !== null && 'value' in control && control.value === '') {
      control.value = value;
    }
  }
  return draft;
}

function offerWardSearch(form: HTMLFormElement): void {
  const select = form.elements.namedItem('ward');
  const input = form.querySelector<HTMLInputElement>('#ward-search');
  const list = form.querySelector<HTMLElement>('#ward-found');
  const none = form.querySelector<HTMLElement>('#ward-none');
  if (!(select instanceof HTMLSelectElement) || input === null || list === null) return;
  input.closest('.find')?.removeAttribute('hidden');
  const options = Array.from(
    form.querySelectorAll<HTMLOptionElement>('#ward option'),
    ({ value, text }) => ({ code: value, words: text }),
  );
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    list.querySelector('button')?.click();
  });
  input.addEventListener('input', () => {
    const rows = findWards(options, input.value).map(({ code, words }) => {
      const row = document.createElement('button');
      row.type = 'button';
      row.className = 'pick';
      row.textContent = words;
      row.addEventListener('click', () => {
        select.value = code;
        input.value = words;
        list.replaceChildren();
        saveDraft(form);
      });
      return row;
    });
    list.replaceChildren(...rows);
    if (none !== null) none.hidden = rows.length > 0 || isBlank(input.value);
  });
}
