import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { messageLine } from '../wording/report-lines.ts';
import { customerPath } from '../signing/links.ts';
import { staffPath } from '../signing/staff-links.ts';
import { staffSigning } from '../test/staff.ts';
import { findMessage } from '../store/messages.ts';
import { formOf, type Page, Visitor } from '../test/browser.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { readDatabase, submitMessage } from '../test/records.ts';
import { NOW } from '../test/fixtures.ts';

const keys = readLinkKeys(env.LINK_KEYS);

const actsOf = ({ forms }: Page) => forms.map(({ values }) => values['act']);

/** The staff page of a message after its first reply. */
async function arrange(kind: 'privacy' | 'complaint' = 'privacy') {
  const record = await submitMessage({ kind });
  const staff = new Visitor(NOW);
  const open = await staff.open(await staffPath(staffSigning(), record));
  const answered = await staff.follow(formOf(open, 'answer'), { sure: 'yes' });
  return { record, staff, open, answered };
}

describe('the time for a request about personal data', () => {
  test('is extended once, with a reason that its sender reads beside the new days', async () => {
    const { record, staff, answered } = await arrange();
    const own = await customerPath(keys, record);
    expect((await new Visitor(NOW).open(own)).words).toContain('xóa: 13/12/2026');
    expect(answered.words).toContain('Gia hạn thì chậm nhất là xem, sửa, nhận bản sao: 13/12/2026');
    expect(answered.words).toContain('Làm xong chậm nhất xem, sửa, nhận bản sao: 03/12/2026');
    const form = formOf(answered, 'extend');
    const extended = await staff.follow(form, { reason: 'search' });
    expect(extended.words).toContain('Làm xong chậm nhất xem, sửa, nhận bản sao: 13/12/2026');
    expect(extended.words).toContain('Lý do: Cần thêm thời gian để tìm và đối chiếu đơn.');
    expect(actsOf(extended)).not.toContain('extend');
    const customer = await new Visitor(NOW).open(own);
    expect(customer.words).toContain('xem, sửa, nhận bản sao: 13/12/2026');
    expect(customer.words).toContain('xóa: 23/12/2026');
    expect(customer.words).toContain('thêm 10 ngày');
    expect((await staff.submit(form, { reason: 'others' })).words).toContain(
      'đã được ghi trước đó',
    );
  });

  test('stands with its new day in the mails to staff', async () => {
    const { record, staff, answered } = await arrange();
    const line = async () => {
      const message = await findMessage(env.DB, record.id);
      return message === null
        ? ''
        : (await messageLine({ env, signing: staffSigning() }, message, '2026-12-05')).text;
    };
    expect(await line()).toContain('QUÁ HẠN 2 ngày, hạn 03/12/2026');
    await staff.follow(formOf(answered, 'extend'), { reason: 'search' });
    expect(await line()).toContain('đã trả lời và gia hạn, làm xong rồi kết thúc: hạn 13/12/2026');
  });

  test('is extended on the last day of its longest deadline, and not after it', async () => {
    const { record, staff } = await arrange();
    const open = async (days: number) => {
      staff.now = later(NOW, { days });
      return staff.open(await staffPath(staffSigning(), record));
    };
    expect(actsOf(await open(20))).toContain('extend');
    expect(actsOf(await open(21))).not.toContain('extend');
    const late = await open(60);
    expect(actsOf(late)).not.toContain('extend');
    expect(late.words).not.toContain('Gia hạn thì');
    const own = await customerPath(keys, record);
    const before = await readDatabase();
    const { words } = await new Visitor(staff.now).open(own);
    const { action, values } = formOf(late, 'close');
    const { token = '' } = values;
    const refused = await staff.post(action, { act: 'extend', token, reason: 'search' });
    expect(refused.status).toBe(409);
    expect(refused.words).toContain('đã quá hạn nên không gia hạn được nữa');
    expect(await readDatabase()).toBe(before);
    expect((await new Visitor(staff.now).open(own)).words).toBe(words);
  });

  test('is not extended before the first reply, without a reason, twice, or for another kind', async () => {
    const { staff, open, answered, record } = await arrange();
    expect(actsOf(open)).not.toContain('extend');
    expect(actsOf((await arrange('complaint')).answered)).not.toContain('extend');
    const form = formOf(answered, 'extend');
    const before = await readDatabase();
    for (const reason of ['', 'weather']) {
      expect((await staff.submit(form, { reason })).status).toBe(422);
    }
    expect(await readDatabase()).toBe(before);
    const extended = await staff.follow(form, { reason: 'settling' });
    const token = formOf(extended, 'close').values['token'] ?? '';
    const again = await staff.post(form.action, { act: 'extend', token, reason: 'search' });
    expect(again.status).toBe(409);
    staff.now = later(NOW, { days: 1 });
    const closed = await staff.follow(
      formOf(await staff.open(await staffPath(staffSigning(), record)), 'close'),
      { sure: 'yes' },
    );
    expect(closed.words).toContain('Đã kết thúc');
  });
});
