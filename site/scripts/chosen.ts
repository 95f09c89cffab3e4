/** Says in the bar at the thumb and beside the form what was chosen so far, and leads to what is still missing. */
export function showChosen(form: HTMLFormElement): void {
  const services = Array.from(
    form.querySelectorAll<HTMLInputElement>('[name="service"]:checked'),
    ({ value }) => textOf(form.querySelector(`#service-${value}`)),
  );
  const slot = form.querySelector('[name="slot"]:checked');
  const day = slot?.closest('.day')?.querySelectorAll('.chip b, .chip b + span') ?? [];
  const hours = textOf(slot?.closest('.pick')?.querySelector('.hours'));
  const missing = services.length === 0 ? '#viec' : slot === null ? '#gio' : '#noi';
  for (const place of document.querySelectorAll<HTMLElement>('.chosen')) {
    place.hidden = false;
    if (place instanceof HTMLAnchorElement) place.href = missing;
    const [what, when] = place.querySelectorAll('.line');
    if (what) what.textContent = services.join(' + ') || 'Chưa chọn dịch vụ';
    if (when)
      when.textContent =
        slot === null ? 'Chưa chọn giờ' : `${Array.from(day, textOf).join(' ')}, ${hours}`;
  }
}

/** An element's text without the line breaks of its source. */
function textOf(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}
