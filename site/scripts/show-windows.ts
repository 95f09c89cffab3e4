/** Ids of the services chosen in the form with commas between them; empty where none is. */
export function chosenServices(form: HTMLFormElement): string {
  const chosen = form.querySelectorAll<HTMLInputElement>('[name="service"]:checked');
  return Array.from(chosen, ({ value }) => value).join(',');
}

/**
 * Shows the windows of the chosen services from a day on, as the buttons among them do, but without leaving the page. The window
 * chosen before stays chosen where they can take it. False where there was no answer.
 */
export async function showWindows(
  form: HTMLFormElement,
  { slot = chosenSlot(form), from }: { slot?: string | undefined; from?: string } = {},
): Promise<boolean> {
  const service = chosenServices(form);
  const shown = form.querySelector<HTMLElement>('#window');
  // Undefined on a page without live windows, whose usual windows suit every service.
  const shownService = shown?.dataset['service'];
  if (shownService === undefined) return false;
  if (from === undefined && (service === '' || shownService === service)) return true;
  const first = form.querySelector<HTMLInputElement>('[name="day"]')?.value ?? '';
  const fresh = await fetchWindows({ service, from: from ?? first, slot });
  if (fresh === null) return false;
  if (chosenServices(form) !== service) return true;
  const since = chosenSlot(form);
  shown?.replaceWith(fresh);
  if (since !== '' && since !== slot) chooseSlot(form, since);
  if (from !== undefined) fresh.querySelector<HTMLElement>('[name="day"]')?.focus();
  return true;
}

async function fetchWindows(asked: Record<string, string>): Promise<Element | null> {
  try {
    const answer = await fetch('/dat-lich/', {
      method: 'POST',
      headers: { Accept: 'text/html' },
      body: new URLSearchParams(asked),
    });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return page.querySelector('#window');
  } catch {
    // Without an answer the buttons among the windows still do the same.
    return null;
  }
}

/** Chooses a window and its day where the page offers it. */
export function chooseSlot(form: HTMLFormElement, slot: string): void {
  const row = form.querySelector<HTMLInputElement>(`input[value="${CSS.escape(slot)}"]`);
  if (row === null || row.disabled) return;
  row.checked = true;
  const day = row.closest('.day')?.querySelector<HTMLInputElement>('[name="day"]');
  if (day) day.checked = true;
}

/** Takes back the window of another day than the one chosen now. */
export function forgetOtherDays(form: HTMLFormElement, day: HTMLInputElement): void {
  const slot = form.querySelector<HTMLInputElement>('[name="slot"]:checked');
  if (slot !== null && !slot.value.startsWith(`${day.value}/`)) slot.checked = false;
}

function chosenSlot(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>('[name="slot"]:checked')?.value ?? '';
}
