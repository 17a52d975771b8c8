/**
 * Puts a search field into the list of layers. Every word must occur in a card's text or in its family's title;
 * families without a card left disappear.
 */
export function addLayerFilter(place: HTMLElement): void {
  place.innerHTML =
    '<search class="layer-filter"><label for="layer-search">Filter</label>' +
    '<input id="layer-search" type="search" autocomplete="off" placeholder="cross, degree, Rendle …">' +
    '<span id="layer-found" role="status"></span></search>';
  const field = place.querySelector('input') as HTMLInputElement;
  const found = place.querySelector('[role="status"]') as HTMLElement;
  const families = Array.from(document.querySelectorAll<HTMLElement>('.family'), (section) => ({
    section,
    title: textOf(section.querySelector('h2')),
    cards: Array.from(section.querySelectorAll<HTMLElement>('.layer-card'), (card) => ({
      card,
      text: textOf(card),
    })),
  }));
  const total = families.reduce((sum, { cards }) => sum + cards.length, 0);
  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { section, title, cards } of families) {
      let left = 0;
      for (const { card, text } of cards) {
        card.hidden = !words.every((word) => text.includes(word) || title.includes(word));
        if (!card.hidden) left += 1;
      }
      section.hidden = left === 0;
      count += left;
    }
    found.textContent = words.length === 0 ? '' : `${count} of ${total} layers`;
  });
}

function textOf(element: Element | null): string {
  return element?.textContent?.toLowerCase() ?? '';
}
