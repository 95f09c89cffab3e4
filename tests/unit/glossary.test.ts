import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findBanned, findUnexplained } from '../../scripts/content/rules/glossary.ts';
import { ROOT } from '../../scripts/tools/environment.mjs';
import { listProjectFiles } from '../project-files.ts';

const texts = new Map<string, string>();
/** A file's text, read once. */
function read(file: string): string {
  const text = texts.get(file) ?? readFileSync(path.join(ROOT, file), 'utf8').normalize('NFC');
  texts.set(file, text);
  return text;
}

/** Whose Vietnamese words are frozen, consent by its ids, or are the list itself. */
const FROZEN = /^shared\/forms\/consent\.ts$|^scripts\/content\/rules\/glossary\.ts$/;
const code = listProjectFiles('site', 'worker', 'shared', 'scripts').filter(
  (file) =>
    /\.(?:ts|astro|mjs|html)$/.test(file) && !/\.test\.ts$/.test(file) && !FROZEN.test(file),
);
const content = listProjectFiles('content').filter(
  (file) => /\.(?:mdx?|json|vtt)$/.test(file) && !/published|schemas|README/.test(file),
);

/** What the owner, staff and the adviser read; what is meant for machines stands between backticks. */
const guides = [
  'docs/van-hanh.md',
  'docs/su-co-du-lieu.md',
  'docs/ho-so-du-lieu.md',
  'content/README.md',
];

/** Wordings that once stood here and were dangerous, false or read as the opposite, with why. */
const removed: readonly (readonly [wording: string, why: string])[] = [
  ['kính dán phim khi chưa thử', 'a blade ruins films whatever a trial says'],
  ['kính dán phim phải thử ở góc trước khi cạo', 'the same'],
  ['Thêm thời gian chờ an toàn hơn', 'acid that stays longer etches'],
  ['xả nước liên tục và đi khám ngay', 'no minimum of 15 minutes'],
  ['xin báo trước khi chốt giá', 'an invoice does not depend on asking'],
  ['bật một lúc mỗi ngày. Ổ cắm có giọt nước', 'a device with dew inside is not switched on'],
  ['Bắn vào mắt thì mở mắt xả nước', 'no minimum of 15 minutes'],
  ['tường mờ thì không', 'matt paint is wiped, gently'],
  ["'Không nhận được'", 'reads as "we did not receive it"'],
  ['ghi "Không nhận được"', 'the same'],
  ['Chúng tôi không nhận được việc này', 'the same'],
  ['dấu vân tay', 'in a policy on personal data it means a finger'],
  ['Thông tin chỉ dùng cho việc này', 'complaints and copies are uses too'],
  ['không còn thông tin để đến', 'it is kept, sealed'],
  ['Việc này đã làm rồi', 'reads as "the cleaning is done"'],
  ['Có mã là xem lại được', 'the code alone opens nothing'],
  ['Không được duyệt', 'reads like a refused loan'],
  ['Theo ý anh/chị khi chúng tôi gọi', 'reads as a reproach'],
  ['bằng dụng cụ và dây an toàn', 'nobody gave the fact'],
  ['Giặt sofa vải, da và đệm', 'leather is not washed, mattresses nobody named'],
  ['lỗi của buổi làm', 'hides who answers for it'],
  ['Do buổi làm thì', 'the same'],
  ['vì trang không nhận thanh toán', 'dodges whether cancelling costs'],
  ['lời hứa', 'no promise stands there, only numbers'],
  ['ví dụ 2026-', 'a date that only programs write'],
  ['Lau cầu thang, lan can, tay vịn, ổ cắm', 'sockets are wiped with the power off'],
  ['lòng ổ cắm', 'the same'],
  ['thì trang đơn ghi "Đã khép lại"', 'a thing is finished, not shut'],
  ['chúng tôi không nhận được ${visit}', 'reads as "we did not receive it"'],
  ['báo không nhận được lúc', 'the same'],
  ['chưa nhận được lịch ${visit}', 'the same'],
  ['Đội đang làm hoặc vừa làm xong', 'told of a crew that has yet to arrive'],
  ['Trùng với một yêu cầu khác đã gửi', 'reads as if somebody else had the time'],
  ['đều xem được lịch, nên đừng', 'the link opens the details of customers too'],
  ['đã dừng, cần mở lại', 'a person may have stopped it, and for a reason'],
  ['dừng lại, rồi `npm run deploy -- back`', 'it refuses what was changed at Cloudflare by hand'],
  ['anh/chị đặt ngày khác hoặc gọi cho chúng tôi.', 'of an absence: then nobody calls'],
  ['vào được cả ba thì đó là sự cố', 'the hours of an incident run from the first sign'],
  ['đã dừng hơn 90 ngày', 'the key of a plan that ended ends later'],
  ['sau 15 tháng, khi hồ sơ', 'a plan or a subscription needs the old key for as long as it lasts'],
  ['đổi cả bốn bộ khóa, giữ nguyên nhật ký', 'without the old seal key no record opens'],
  ['thay cả bốn bộ khóa |', 'the same'],
  ['Chỉ dùng cho việc anh/chị nhờ', 'complaints and copies are uses too'],
  ['Đã gửi thì không mất', 'a restore may lose what came after the copy'],
  ['đội làm lại ngay trong buổi', 'the policy says: or another day, and for what was agreed'],
  ['Giặt sofa, đệm, rèm, thảm; đây là dịch vụ riêng', 'nobody named mattresses and curtains'],
  ['giặt thảm, giặt ghế; đây là dịch vụ riêng', 'nobody named carpets'],
  ['2–3 m², chờ 3–5 phút', 'how long acid stays is on its label'],
  ['khoảng 50 g cho 5 lít', 'a dose without a source'],
  ['một thìa canh axit citric', 'the same'],
  ['mức hãng ghế thường khuyên', 'an interval without a source'],
  ['Hai tuần một lần khi bật nhiều', 'the same'],
  ['nóc tủ.** Phủi và hút khi còn khô', 'lamps and fans are dusted with the power off'],
  ['gần như chỉ lau bụi.\n', 'switches are among what hands touch: nothing is sprayed on them'],
  ['Không dùng xăng, cồn để lau trong phòng', 'petrol cleans nothing, in no room'],
  ['xả nước sạch trước khi đổi loại', 'the other agent waits for another day'],
  ['vôi sống trong nhà có trẻ nhỏ', 'it burns everybody'],
  ['nước lũ là khoảng 250 ml', 'a dose without the strength of the bleach'],
  ['không đứng lên hai bậc trên cùng', 'its source says three, the top itself counted'],
  ['Không đứng lên hai bậc trên cùng', 'the same'],
  ['Sau lũ nên ngắt điện', 'where gas leaks no breaker is touched'],
  ['vòi mạ crom và inox', 'steel takes no acid'],
  ['| Axit oxalic pha theo nhãn', 'a weaker acid comes first, and it poisons'],
  ['axit clohydric đậm', 'reads as if the thin one were harmless'],
  ['amoniac sinh cloramin', 'a health station hands out "cloramin B" after a flood'],
  ['ngoài sân, trên mái giữa trưa', 'reads as if a roof were safe in the morning'],
  ['đậy nồi khi nấu, đóng', 'a sealed kitchen with a flame in it fills with gas'],
  ['WS cả hai', 'one of the two, never both'],
  ['không bật công tắc. Mở cửa, ra ngoài', 'the valve of the bottle is shut first'],
  ['Trước khi bước vào nhà', 'the breaker is inside: a house that leans is looked at first'],
  ['chân tường, ổ cắm. Nước bị ép', 'reads as if a gentle hose on sockets were safe'],
  ['Trải bìa các-tông, báo', 'loose paper slips on wet tiles'],
  ['Lau khô tay, ngắt aptomat', 'where tiles sweat one stands on something dry as well'],
  ['(Dry), rồi lau sàn bằng giẻ khô. Đừng', 'who reads no further shuts in a gas flame'],
  ['vắt khăn kỹ, đóng cửa và nhờ', 'a room where agents are used stays open'],
  ['gửi yêu cầu và ngày muốn dọn', 'the first visit only looks'],
  ['Leo qua mép sàn, mép mái', 'nobody is told to climb a roof'],
  ['không dùng cùng lúc với', 'the other agent waits for another day'],
  ['họ tên và địa chỉ: họ phải', 'reads as if the name had to press'],
  ['đã bỏ theo lịch định kỳ', 'reads as "dropped as planned"'],
  ["'Bỏ theo lịch định kỳ", 'the same'],
  ['Hours} giờ trước giờ hẹn', 'reads as the time of day'],
  ['Hours} giờ) nên', 'the same'],
  ['mở đến ${LINK_HOURS} giờ', 'the same'],
  ['Khách muốn đến lại', 'the crew comes, not the customer'],
  ['"Đến lại từ ngày"', 'the same'],
  ['nghỉ, đến lại từ', 'the same'],
  ['Nếu cần hóa đơn, anh/chị gọi', 'an invoice does not depend on asking'],
  ['Trên gạch men thì được, khi mạch', 'which acid is used and how is on its label'],
  ['đến xem chỗ hoặc làm buổi đầu', 'the first visit only looks'],
  ['trừ khi báo giá thỏa thuận khác: tiền mặt', 'reads as if cash were the exception'],
  ['nước mới tới thì gọi điện lực', 'nobody wades in before the power is off'],
  ['bụi trôi khỏi kính rồi mới gạt', 'wet cement dust makes a film; it is dusted off first'],
  ['**Tường, cửa, kính', 'washing walls is a service of its own'],
  ['Dầu ăn, chờ 10 phút, lau  ', 'oil left on tiles is slippery'],
  ['xi măng thì ngâm', 'reads as if soaking in acid were right'],
  ['(bột chanh)', 'is also a drink with sugar'],
  ['sửa được mọi điều đã ghi', 'service and ward are changed by a call'],
  ['Cần đổi điều gì khác, anh/chị đổi ngay', 'the same'],
  ['khung giờ đã kín không hiện', 'it is shown, and cannot be chosen'],
  ['mới lau ướt. Muốn tự làm', 'the power waits until all is dry'],
  ['gạt nước theo một chiều', 'the drawing beside it wipes in an S'],
  ['chỗ chưa vừa ý', 'the policy says: what was agreed'],
];

describe('findBanned', () => {
  test.each([
    ['Anh/chị giữ mã yêu cầu.', ['mã yêu cầu']],
    ['Bấm vào Liên kết này', ['Liên kết']],
    ['Chúng được giữ 30 ngày', ['Chúng']],
    ['Nghỉ chủ nhật', ['chủ nhật']],
    ['Cách ít ra 12 giờ', ['ít ra']],
    ['Gọi là nhanh hơn cả.', ['hơn cả']],
    ['Lau nền gạch bông', ['gạch bông']],
    ['gạch bóng loáng', ['gạch bóng']],
    ['Nền đá hoa cũ', ['đá hoa']],
    ['Mở từ 1/7/2025', ['1/7/2025']],
    ['Rất sạch! Gọi ngay', ['h!']],
    ['Kính thưa Quý khách', ['Quý khách']],
    ['khiếu nại chưa khép lại', ['chưa khép']],
    ['Hủy đến 12 giờ trước giờ hẹn', ['2 giờ trước giờ hẹn']],
    ['Đơn đã làm, hoặc vắng khách', ['vắng khách']],
  ])('finds in "%s"', (text, found) => {
    expect(findBanned(text).map((one) => one.found)).toEqual(found);
  });

  test.each([
    'Chúng tôi và chúng ta',
    'Chủ Nhật 29/11/2026, từ 01/07/2025',
    'gạch bông xi măng, gạch bóng kính, đá hoa cương',
    'Nhà quen gọi là "đá hoa"',
    'mệt hơn cả buổi',
    'Ảnh ![sofa](a.jpg)',
    'Hạn 24/7',
  ])('lets "%s" pass', (text) => {
    expect(findBanned(text)).toEqual([]);
  });

  test('lets policies, and them alone, say "Quý khách"', () => {
    expect(findBanned('Quý khách được xem.', true)).toEqual([]);
  });
});

describe('findUnexplained', () => {
  test.each([
    ['Ngắt aptomat rồi lau. Bật aptomat (cầu dao).', ['aptomat']],
    ['Ngắt aptomat (cầu dao) rồi lau. Bật aptomat.', []],
    ['Dùng nước javel\n(thuốc tẩy quần áo)', []],
    ['Nước Javel loãng', ['Nước Javel']],
  ])('looks at the first time in %j', (text, found) => {
    expect(findUnexplained(text).map((one) => one.found)).toEqual(found);
  });
});

describe('what people read', () => {
  test('says one word for one thing in code', () => {
    const found = code.flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((text, index) =>
          // What is all ASCII has no Vietnamese words.
          (/[^\0-\x7F]/.test(text) ? findBanned(text) : [])
            .filter((one) => !one.found.endsWith('!'))
            .map((one) => `${file}:${index + 1} "${one.found}": ${one.instead}`),
        ),
    );
    expect(found).toEqual([]);
  });

  test('quotes with “ ” in what the Worker says', () => {
    const comment = /^\s*(?:\/?\*|\/\/)|\/\*.*\*\//;
    const found = code
      .filter((file) => /^worker\/(?!dev\/|test\/)/.test(file))
      .flatMap((file) => read(file).split('\n'))
      .filter((line) => /[À-ỹ]/u.test(line) && !comment.test(line))
      // Apart from an attribute's.
      .filter((line) => line.replaceAll(/="[^"]*"/g, '').includes('"'));
    expect(found).toEqual([]);
  });

  test.each(guides)('says one word for one thing in %s', (file) => {
    const words = read(file).replace(/```.*?```|`[^`]*`/gs, '');
    expect(findBanned(words, true)).toEqual([]);
  });

  test.each(removed)('says "%s" nowhere: %s', (wording) => {
    const files = [...content, ...code, ...guides].filter((file) => read(file).includes(wording));
    expect(files).toEqual([]);
  });

  test('names what a foreign source is in Vietnamese', () => {
    const titles = content
      .filter((file) => file.startsWith('content/news/'))
      .flatMap((file) => [...read(file).matchAll(/^ {2}- title: '(.*)'\n {4}url: /gm)])
      .map(([, title = '']) => title.replace(/^[^:]*: /, ''));
    expect(titles.length).toBeGreaterThan(0);
    expect(titles.filter((title) => !/[à-ỹđ]/u.test(title))).toEqual([]);
  });
});
