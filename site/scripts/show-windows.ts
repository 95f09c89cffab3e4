/** Id of the service chosen in the form; empty where none is. */
export function chosenService(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>('[name="service"]:checked')?.value ?? '';
}

/**
 * Shows the windows of the chosen service instead of another's, as the button above them does, but without leaving the page.
 * The window chosen before stays chosen where the service can take it.
 */
export async function showWindows(form: HTMLFormElement, slot = chosenSlot(form)): Promise<void> {
  const service = chosenService(form);
  const shown = form.querySelector<HTMLElement>('#window');
  const from = form.querySelector<HTMLButtonElement>('[name="from"]')?.value ?? '';
  // Undefined on a page without live windows, whose usual windows suit every service.
  const shownService = shown?.dataset['service'];
  if (service === '' || shownService === undefined || shownService === service) return;
  const fresh = await fetchWindows({ service, from, slot });
  if (fresh === null || chosenService(form) !== service) return;
  const since = chosenSlot(form);
  shown?.replaceWith(fresh);
  if (since !== '' && since !== slot) chooseSlot(form, since);
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
    // Without an answer the button above the windows still does the same.
    return null;
  }
}

/** Chooses a window where the page offers it. */
export function chooseSlot(form: HTMLFormElement, slot: string): void {
  const row = form.querySelector<HTMLInputElement>(`input[value="${CSS.escape(slot)}"]`);
  if (row !== null && !row.disabled) row.checked = true;
}

function chosenSlot(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>('[name="slot"]:checked')?.value ?? '';
}
