import { showChosen } from './chosen.ts';
import { type Draft, DRAFT_KEY, packDraft, unpackDraft } from './draft.ts';
import { withSessionStorage } from './session-storage.ts';
import { chooseSlot, chosenServices, forgetOtherDays, showWindows } from './show-windows.ts';
import { offerWardSearch } from './ward-search.ts';

const form = document.querySelector<HTMLFormElement>('form[action="/api/bookings"]');
const givenBack = document.querySelector('.summary:not([hidden])') !== null;

if (form !== null) {
  form.classList.add('live');
  const draft = givenBack ? {} : restoreDraft(form);
  void showWindows(form, { slot: draft['slot'] }).then(() => showChosen(form));
  showChosen(form);
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.name === 'service') void showWindows(form).then(() => showChosen(form));
    if (target.name === 'day') forgetOtherDays(form, target);
    showChosen(form);
  });
  form.addEventListener('click', (event) => {
    const button = event.target;
    if (!(button instanceof HTMLButtonElement) || button.name !== 'from') return;
    event.preventDefault();
    void showWindows(form, { from: button.value }).then((isShown) => {
      if (!isShown) form.requestSubmit(button);
      showChosen(form);
    });
  });
  form.addEventListener('input', () => saveDraft(form));
  offerWardSearch(form, () => saveDraft(form));
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
    if (name === 'service') {
      chooseServices(form, value);
    } else if (name === 'slot') {
      chooseSlot(form, value);
    } else if (name !== 'day' && control !== null && 'value' in control && control.value === '') {
      control.value = value;
    }
  }
  return draft;
}

/** Chooses the services of a draft, unless the page came with some. */
function chooseServices(form: HTMLFormElement, ids: string): void {
  if (chosenServices(form) !== '') return;
  for (const box of form.querySelectorAll<HTMLInputElement>('[name="service"]')) {
    box.checked = ids.split(',').includes(box.value);
  }
}
