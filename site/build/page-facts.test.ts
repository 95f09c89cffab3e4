import { describe, expect, test } from 'vitest';
import { readPageFacts, proseToText } from './page-facts.ts';

const page = (head: string, main: string) =>
  `<html><head><meta name="description" content="M&#244; t&#x1EA3; &amp; th&ecirc;m">` +
  `<meta property="og:title" content="Tiêu đề">${head}</head>` +
  `<body><nav>x</nav><main id="a"><h1>Một</h1>${main}</main><footer>f</footer></body></html>`;

describe('readPageFacts', () => {
  test('reads title, description and the words of main', () => {
    const picture =
      '<meta property="og:image" content="https://a.vn/b.png"><meta property="og:image:alt" content="Hình">';
    const html = page(
      `<link rel="canonical" href="x">${picture}`,
      '<p>Hai <a href="/">ba</a>, bốn.</p>',
    );
    expect(readPageFacts('/a/', html)).toEqual({
      path: '/a/',
      title: 'Tiêu đề',
      description: 'Mô tả & th&ecirc;m',
      text: 'Một · Hai ba, bốn.',
      picture: '/b.png',
      pictureTitle: 'Hình',
      modified: '',
    });
  });

  test('says a title once, and nothing of when an article was written', () => {
    const main = '<p class="mute meta" data-x>Đăng ngày 1/2 · Đọc 3 phút</p><p>Hai.</p>';
    const html = page('<link rel="canonical" href="x">', main);
    expect(readPageFacts('/a/', html.replace('<h1>Một', '<h1>Tiêu đề'))?.text).toBe('Hai.');
  });

  test('leaves out a page that is not for search engines', () => {
    expect(readPageFacts('/a/', page('<meta name="robots" content="noindex">', ''))).toBeNull();
  });
});

describe('proseToText', () => {
  test('drops navigation, drawings and forms', () => {
    expect(proseToText('<p>a</p><nav><p>b</p></nav><svg><text>c</text></svg><form>d</form>e')).toBe(
      'a · e',
    );
  });

  test('keeps words apart that only look apart, and punctuation where it stands', () => {
    expect(
      proseToText('<a>Đặt lịch</a><a>Gọi</a> <b><span>Nhà ở</span></b>Lau<small>Sạch</small>'),
    ).toBe('Đặt lịch Gọi Nhà ở Lau Sạch');
    expect(proseToText('<h2>m²</h2><ul><li><p>a</p></li><li>b.</li></ul><td>c</td>')).toBe(
      'm² · a · b. c',
    );
    expect(proseToText('<em>a</em>, <b>b</b>. "<i>c</i>" (<i>d</i>)')).toBe('a, b. "c" (d)');
  });
});
