import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../tools/environment.mjs';
import { readSite } from './addresses.ts';
import { checkContent } from './check.ts';
import {
  ARTICLE,
  PLAIN,
  append,
  edit,
  line,
  useSample,
} from '../../tests/another-business/sample-copies.ts';

const SERVICE = 'content/services/sua-dien.mdx';
const ALBUM = 'content/album/mach-dien.mdx';
const VIDEO = 'content/video/dau-day.mdx';
const POLICY = 'content/policies/bao-mat-thong-tin.mdx';

const { origin } = readSite(ROOT);
const now = new Date('2026-12-01T02:00:00Z');
const { sample, copyContent } = useSample();

interface Row {
  mistake: string;
  file: string;
  change: (text: string) => string;
  /** Field of the one problem, and words of its sentence. */
  field: string;
  says: string;
}

const editRows: Row[] = [
  {
    mistake: 'a missing title',
    file: ARTICLE,
    change: line(/^title: .*\n/m, ''),
    field: 'title',
    says: 'Ghi tiêu đề của trang.',
  },
  {
    mistake: 'a title of more than 60 characters',
    file: ARTICLE,
    change: line(/^title: .*$/m, `title: ${'Lau tường '.repeat(7).trim()}`),
    field: 'title',
    says: 'quá 60 ký tự',
  },
  {
    mistake: 'a description that is too short',
    file: SERVICE,
    change: line(/^description: .*$/m, 'description: Giặt sofa.'),
    field: 'description',
    says: 'từ 110 đến 155 ký tự',
  },
  {
    mistake: 'a day that is not in the calendar',
    file: ARTICLE,
    change: line(/^pubDate: .*$/m, 'pubDate: 2026-02-30'),
    field: 'pubDate',
    says: 'không có trong lịch',
  },
  {
    mistake: 'a day written the Vietnamese way',
    file: ARTICLE,
    change: line(/^pubDate: .*$/m, 'pubDate: 22/11/2026'),
    field: 'pubDate',
    says: 'dạng 2026-11-22',
  },
  {
    mistake: 'a change before the posting',
    file: ARTICLE,
    change: line(/^(pubDate: .*)$/m, '$1\nupdatedDate: 2020-07-10'),
    field: 'updatedDate',
    says: 'trước ngày đăng',
  },
  {
    mistake: 'an unknown topic',
    file: ARTICLE,
    change: line(/^topic: .*$/m, 'topic: be-boi'),
    field: 'topic',
    says: 'Chọn trong: an-toan',
  },
  {
    mistake: 'an unknown service',
    file: ARTICLE,
    change: line(/^ {2}- sua-dien$/m, '  - son-tuong'),
    field: 'services',
    says: 'Mã dịch vụ không có trong content/services.json',
  },
  {
    mistake: 'a source without an address',
    file: ARTICLE,
    change: line(/^ {4}url: .*$/m, '    url: thanhnien.vn'),
    field: 'sources.0.url',
    says: 'bắt đầu bằng https://',
  },
  {
    mistake: 'an answer about electricity that leads to no article with sources',
    file: 'content/pages.json',
    change: line(/ngắt cả nhà\./, 'ngắt cầu dao.'),
    field: 'questions.answers.0.answer',
    says: 'chưa dẫn tới bài nào có ghi nguồn',
  },
  {
    mistake: 'a misspelt field',
    file: ARTICLE,
    change: line(/^draft: /m, 'nhap: '),
    field: 'nhap',
    says: 'Có mục lạ',
  },
  {
    mistake: 'front matter that is no YAML',
    file: ARTICLE,
    change: line(/^title: .*$/m, 'title: Lau tường: cách: làm'),
    field: '(đầu tệp)',
    says: 'dấu hai chấm thì đặt trong dấu nháy đơn',
  },
  {
    mistake: 'a field that is given twice',
    file: ARTICLE,
    change: line(/^(topic: .*)$/m, '$1\n$1'),
    field: '(đầu tệp)',
    says: 'Mục này đã ghi ở trên',
  },
  {
    mistake: 'a quotation mark that is not closed',
    file: ARTICLE,
    change: line(/^title: .*$/m, 'title: "Ổ cắm'),
    field: '(đầu tệp)',
    says: 'Thiếu dấu nháy hoặc dấu ngoặc đóng',
  },
  {
    mistake: 'front matter moved in with tabs',
    file: ARTICLE,
    change: line(/^ {2}- sua-dien$/m, '\t- sua-dien'),
    field: '(đầu tệp)',
    says: 'không dùng phím Tab',
  },
  {
    mistake: 'a value that begins with a sign of YAML',
    file: ARTICLE,
    change: line(/^title: .*$/m, 'title: @nhà'),
    field: '(đầu tệp)',
    says: 'đặt trong dấu nháy đơn',
  },
  {
    mistake: 'no front matter',
    file: POLICY,
    change: line(/^---\n[\s\S]*?\n---\n\n/, ''),
    field: '(đầu tệp)',
    says: 'phải mở đầu bằng dòng ---',
  },
  {
    mistake: 'a photo at the head of an article that is not there',
    file: ARTICLE,
    change: line(
      /^drawing: .*$/m,
      'photo:\n  file: tuong.jpg\n  alt: Bức tường trắng trước khi lau.',
    ),
    field: 'photo.file',
    says: 'Không có ảnh "tuong.jpg" trong content/photos',
  },
  {
    mistake: 'the policy that forms refer to as a draft',
    file: POLICY,
    change: line(/^draft: false$/m, 'draft: true'),
    field: 'draft',
    says: 'phải có trang',
  },
  {
    mistake: 'a picture of an album without words for those who cannot see it',
    file: ALBUM,
    change: line(/^ {4}alt: .*\n/m, ''),
    field: 'pictures.0.alt',
    says: 'cho người không nhìn thấy hình',
  },
  {
    mistake: 'a picture of an album whose words are the name of its file',
    file: ALBUM,
    change: line(/^ {4}alt: .*$/m, '    alt: IMG_20261122.jpg'),
    field: 'pictures.0.alt',
    says: 'không ghi tên tệp',
  },
  {
    mistake: 'a film that is not there',
    file: VIDEO,
    change: line(/^youtube: .*$/m, 'clip: lau-san'),
    field: 'clip',
    says: 'Thiếu content/video/lau-san.mp4',
  },
  {
    mistake: 'an article that goes before it comes',
    file: ARTICLE,
    change: line(
      /^draft: false$/m,
      'draft: false\npublishAt: 2026-12-02T08:00\nexpireAt: 2026-12-01T08:00',
    ),
    field: 'expireAt',
    says: 'trước lúc đăng',
  },
  {
    mistake: 'an article without a word',
    file: PLAIN,
    change: (text) => `${text.slice(0, text.indexOf('\n---\n', 4))}\n---\n`,
    field: 'nội dung',
    says: 'Bài chưa có chữ nào',
  },
  {
    mistake: 'a title that another page has',
    file: SERVICE,
    change: line(/^title: .*$/m, 'title: Lắp quạt trần ở Sao Mai'),
    field: 'title',
    says: 'Trùng với content/services/',
  },
  {
    mistake: 'a title that differs by the name of the company alone',
    file: SERVICE,
    change: line(/^title: .*$/m, 'title: Lắp quạt trần ở Sao Mai | Đom Đóm'),
    field: 'title',
    says: 'Trùng với content/services/',
  },
  {
    mistake: 'a title that a page from the product has',
    file: PLAIN,
    change: line(/^title: .*$/m, 'title: Liên hệ'),
    field: 'title',
    says: 'Trùng với một trang có sẵn',
  },
  {
    mistake: 'a title that stands in pages.json',
    file: PLAIN,
    change: line(/^title: .*$/m, 'title: Chuyện điện trong nhà'),
    field: 'title',
    says: 'Trùng với content/pages.json (',
  },
  {
    mistake: 'two pages of pages.json with one title',
    file: 'content/pages.json',
    change: line(/"Đặt lịch thợ điện"/, '"Giá công thợ điện"'),
    field: 'booking.title',
    says: 'Trùng với content/pages.json (',
  },
  {
    mistake: 'two topics with one name',
    file: 'content/topics.json',
    change: line(/"Ánh sáng"/, '"An toàn điện"'),
    field: 'topics.1.name',
    says: 'Trùng với content/topics.json (topics.0.name)',
  },
  {
    mistake: 'marks typed apart from their letters',
    file: PLAIN,
    change: (text) => text.replace('ánh sáng', 'ánh sáng'.normalize('NFD')),
    field: '(cách viết)',
    says: 'check --fix',
  },
  {
    mistake: 'a title as long as may be, with its marks apart',
    file: PLAIN,
    change: line(
      /^title: .*$/m,
      `title: ${'Đèn hiên ở đâu thì sáng mà không chói mắt người đi ngoài ngõ'.normalize('NFD')}`,
    ),
    field: '(cách viết)',
    says: 'check --fix',
  },
  {
    mistake: 'an address of e-mail without its end',
    file: 'content/company.json',
    change: line(/"email": ""/, '"email": "a@b"'),
    field: 'email',
    says: 'Ghi email',
  },
  {
    mistake: 'opening days in words that search engines do not know',
    file: 'content/company.json',
    change: line(
      /"openingHours": \[\]/,
      '"openingHours": [{ "days": "Thứ 2 - Thứ 7", "from": "07:30", "to": "17:30" }]',
    ),
    field: 'openingHours.0.days',
    says: 'Ghi các ngày bằng Mo, Tu',
  },
  {
    mistake: 'facts as Notepad keeps them',
    file: 'content/company.json',
    change: (text) => `\uFEFF${text}`,
    field: '(cách viết)',
    says: 'check --fix',
  },
  {
    mistake: 'a fact that is given twice',
    file: 'content/company.json',
    change: line(/("hotline": .*)$/m, '$1\n  $1'),
    field: '(cú pháp)',
    says: 'Mục này đã ghi ở trên',
  },
  {
    mistake: 'a phone number with dots in the facts',
    file: 'content/company.json',
    change: line(/"hotline": "\d+"/, '"hotline": "0859.363.789"'),
    field: 'hotline',
    says: 'Viết liền 10 chữ số',
  },
  {
    mistake: 'a price in quotes',
    file: 'content/services.json',
    change: line(
      /"prices": \[\]/,
      '"prices": [{ "label": "Sofa", "amountVnd": "250000", "validFrom": "2026-12-01" }]',
    ),
    field: 'services.1.prices.0.amountVnd',
    says: 'Ghi số tiền bằng đồng',
  },
  {
    mistake: 'an answer that rests on no page',
    file: 'content/pages.json',
    change: line(/"page": "\/lien-he\/"/, '"page": "/chinh-sach/khong-co/"'),
    field: 'questions.answers.0.page',
    says: 'Không có trang "/chinh-sach/khong-co/"',
  },
  {
    mistake: 'a measure that dodges',
    file: 'content/pages.json',
    change: line(/trước khi gọi thợ/, 'là nhanh hơn cả'),
    field: 'questions.lead',
    says: 'Không viết "hơn cả"',
  },
  {
    mistake: 'a comma too many in the facts',
    file: 'content/booking.json',
    change: line(/"marketing": true\n/, '"marketing": true,\n'),
    field: '(cú pháp)',
    says: 'Sai cú pháp JSON',
  },
];

/** What is added to a body, and words of the sentence about it. */
const bodyRows: [mistake: string, file: string, words: string, says: string][] = [
  ['an agent without its everyday name', ARTICLE, 'Pha nước javel loãng.', 'thuốc tẩy quần áo'],
  ['a chemical without a source', PLAIN, 'Lau bằng giấm pha loãng.', 'chưa ghi nguồn: thêm mục'],
  ['a picture without words', PLAIN, '![](../drawings/o-cam.svg)', 'Ảnh chưa có lời tả'],
  ['a drawing without a caption', ARTICLE, '<Drawing name="o-cam" />', 'Hình vẽ chưa có chú thích'],
  [
    'a picture that is not there',
    PLAIN,
    '![Ghế sofa trước khi giặt](../images/sofa.jpg)',
    'Không có tệp ảnh',
  ],
  [
    'a link to a page that is not there',
    PLAIN,
    'Xem [bể bơi](/dich-vu/be-boi/).',
    'Không có trang "/dich-vu/be-boi/"',
  ],
  [
    'a link without its last slash',
    PLAIN,
    'Xem [lịch](/dat-lich).',
    'Thêm dấu / ở cuối đường dẫn: "/dat-lich/"',
  ],
  [
    'a link to a heading that is not there',
    PLAIN,
    'Xem [phần dưới](#khong-co).',
    'không có đề mục',
  ],
  [
    'a link to a heading that another page does not have',
    PLAIN,
    'Xem [giới thiệu](/gioi-thieu/#khong-co).',
    'Trang "/gioi-thieu/" không có đề mục "khong-co"',
  ],
  [
    'a link to a group of pictures that is not there',
    PLAIN,
    'Xem [album](/album/#khong-co).',
    'Trang "/album/" không có đề mục "khong-co"',
  ],
  [
    'a link by name to a page that is not there',
    PLAIN,
    'Xem [bể bơi][a].\n\n[a]: /khong-co/',
    'Không có trang "/khong-co/"',
  ],
  [
    'a picture by name that is not there',
    PLAIN,
    '![Ghế sofa][a]\n\n[a]: sofa.jpg',
    'Không có tệp ảnh "sofa.jpg"',
  ],
  [
    'a link to a page of ours with its host',
    PLAIN,
    `Xem [giá](${origin}/bang-gia/).`,
    'viết từ dấu /: "/bang-gia/"',
  ],
  [
    'a phone number behind a link to a messenger',
    PLAIN,
    'Nhắn [Zalo](https://zalo.me/0912345678).',
    'Đường dẫn này có số điện thoại',
  ],
  [
    'a picture from another site',
    PLAIN,
    '![Ghế sofa đã giặt](https://example.com/sofa.jpg)',
    'Ảnh phải nằm trong thư mục của bài',
  ],
  ['a note in the way of HTML', ARTICLE, '<!-- sửa sau -->', 'không có ghi chú kiểu <!--'],
  [
    'a character that cannot be seen',
    PLAIN,
    'Lau khô\u200B rồi mở cửa.',
    'Có ký tự ẩn sau "Lau khô"',
  ],
  ['an unknown component', ARTICLE, '<Banner />', 'Không có thẻ <Banner> ở đây'],
  ['a component in a plain Markdown file', PLAIN, '<Hotline />', 'không dùng được trong tệp .md'],
  [
    'a booking link to an unknown service',
    SERVICE,
    '<BookingLink service="giat-tham">Đặt lịch</BookingLink>',
    'chọn một trong sua-dien',
  ],
  ['a component that is not closed', ARTICLE, '<Callout title="Nhớ">', 'Thẻ <Callout> chưa đóng'],
  ['code in an article', ARTICLE, "import A from '../a.astro'", 'không chứa mã'],
  ['a superlative', SERVICE, 'Chúng tôi giặt **sạch** nhất ở Vinh.', 'Bỏ "sạch nhất"'],
  [
    'a price typed into prose',
    PLAIN,
    'Giá từ 250.000 đồng một buổi.',
    'Không gõ giá vào bài ("250.000 đồng")',
  ],
  [
    'a phone number typed into prose',
    POLICY,
    'Gọi 0859.363.789 khi cần.',
    'Không gõ số điện thoại vào bài ("0859.363.789")',
  ],
];

/** Makes one change in a copy and finds one problem, on a line that is there. */
async function expectProblem({ file, change, field, says }: Omit<Row, 'mistake'>): Promise<void> {
  const root = copyContent();
  edit(root, file, change);
  const problems = await checkContent(root, now);
  const message = expect.stringContaining(says) as string;
  expect(problems).toMatchObject([{ file, field, message }]);
  const lines = readFileSync(path.join(root, file), 'utf8').split('\n').length;
  expect(problems[0]?.line).toBeGreaterThan(0);
  expect(problems[0]?.line).toBeLessThanOrEqual(lines);
}

describe('checkContent', () => {
  test('finds nothing wrong where nothing is', async () => {
    expect(await checkContent(sample(), now)).toEqual([]);
  });

  test('lets an answer speak of electricity that leads to an article with sources', async () => {
    const root = copyContent();
    edit(root, 'content/pages.json', (text) =>
      text
        .replace('ngắt cả nhà.', 'ngắt cầu dao.')
        .replace('"/lien-he/"', '"/tin-tuc/o-cam-nong/"'),
    );
    expect(await checkContent(root, now)).toEqual([]);
  });

  test.each(editRows)('names $mistake', async ({ file, change, field, says }) => {
    await expectProblem({ file, change, field, says });
  });

  test.each(bodyRows)('names %s', async (_, file, words, says) => {
    await expectProblem({ file, change: append(words), field: 'nội dung', says });
  });
});
