/** Around the body of an entry in the HTML of a page, until the page is finished. */
export const PROSE_START = '<!--prose-->';
export const PROSE_END = '<!--/prose-->';
