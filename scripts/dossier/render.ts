import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bookingRules, type company as Company } from '../../shared/content/catalogue.ts';
import { consentWordings } from '../../shared/forms/consent.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { currentPrivacyPolicy, PRIVACY_POLICY } from '../../shared/privacy/policies.ts';
import { addressParts, jobFields } from '../../shared/privacy/register-outside.ts';
import { keyStore, queueMessage } from '../../shared/privacy/register-storage.ts';
import {
  networkHash,
  type RecipientName,
  recipients,
  retention,
} from '../../shared/privacy/register.ts';
import { staffPhones } from '../../shared/privacy/staff-phones.ts';
import { formatPeriod } from '../../shared/privacy/retention.ts';
import { formatShortDate } from '../../shared/time.ts';
import { ROOT } from '../tools/environment.mjs';
import type { WranglerConfig } from '../tools/wrangler-config.ts';
import { list, OWNER_MARK, ownerFills } from './markdown.ts';
import * as tables from './register-tables.ts';

/** What stands in braces in the document: `{name}`, or `{name|what the owner fills in where there is none}`. */
const BLANK = /\{(\w*)(?:\|([^}]+))?\}/g;

/** The document with its words; blanks stand where facts go. */
const DOCUMENT = readFileSync(path.join(ROOT, 'docs', 'ho-so-du-lieu.md'), 'utf8');

/**
 * Fills the document's blanks with the facts of the company, the register and wrangler.toml. Throws on a name that it does not
 * know.
 */
export function renderDossier(
  company: typeof Company,
  config: WranglerConfig,
  document = DOCUMENT,
): string {
  const values: Readonly<Record<string, string | undefined>> = {
    '': undefined,
    open: '{open}',
    ...describeCompany(company),
    ...describePlatform(config),
    ...describeRegister(),
  };
  const text = document.replaceAll(BLANK, (blank, name: string, words: string | undefined) => {
    if (!(name in values)) throw new Error(`docs/ho-so-du-lieu.md: ${blank}`);
    const value = values[name] ?? '';
    // Facts that nobody has given yet are empty, or addresses under the reserved `.invalid`.
    const isMissing = value === '' || /\.invalid\b/.test(value);
    return isMissing && words !== undefined ? ownerFills(words) : value;
  });
  return text.replace('{open}', String(text.split(OWNER_MARK).length - 1));
}

function describeCompany({ name, address, legal, hotline, email }: typeof Company) {
  return {
    company: name,
    legalForm: legal.form,
    businessCode: legal.businessCode,
    businessCodeDate: legal.businessCodeDate,
    representative: legal.representative,
    street: address.street,
    locality: [address.locality, address.region].filter((part) => part !== '').join(', '),
    hotline: formatPhone(toE164(hotline)),
    email,
  };
}

function describePlatform(config: WranglerConfig) {
  const { observability, secrets, vars } = config;
  const [database] = config.d1_databases;
  const [store] = config.kv_namespaces;
  const isQuiet =
    observability?.logs?.invocation_logs === false && observability.traces?.enabled === false;
  return {
    worker: config.name,
    origin: vars['PUBLIC_ORIGIN'],
    database: `${database?.binding} (${database?.database_name ?? ''})`,
    databaseId: database?.database_id,
    keyStoreBinding: store?.binding,
    keyStoreId: store?.id,
    photoStore: config.r2_buckets
      .map(({ binding, bucket_name: name }) => `${binding} (${name ?? ''})`)
      .join(', '),
    queue: config.queues.producers.map(({ queue }) => queue).join(', '),
    mailServices: config.send_email.map(({ name }) => name).join(', '),
    dispatchUrl: vars['DISPATCH_URL'],
    staffAddress: vars['STAFF_ADDRESS'],
    staffSecondAddress: vars['STAFF_SECOND_ADDRESS'],
    secrets: (secrets?.required ?? []).join(', '),
    platformLogs: isQuiet
      ? 'Nhật ký lượt gọi và dấu vết của nền tảng đã tắt, vì nhật ký ấy ghi đường dẫn của khách.'
      : `Nhật ký lượt gọi của nền tảng đang bật: ${ownerFills('tắt trong wrangler.toml, hoặc nói vì sao cần')}`,
  };
}

function describeRegister() {
  const policy = currentPrivacyPolicy();
  return {
    consentWordings: list(
      Object.entries(consentWordings)
        .filter(([form]) => form !== 'letters' || bookingRules.marketing)
        .map(([, { id, text }]) => `Câu cạnh ô (${id}): "${text}"`),
    ),
    policyPath: `/chinh-sach/${PRIVACY_POLICY}/`,
    policyVersion:
      policy &&
      `bản ${policy.version}, ngày ${formatShortDate(policy.date)}, SHA-256 ${policy.sha256}`,
    phoneHashSpan: formatPeriod(retention.phoneHash.period),
    networkHash: `${networkHash.what}; giữ đến ${networkHash.until}`,
    staffPhones: `${staffPhones.what}; giữ ${formatPeriod(staffPhones.period)} từ ${staffPhones.since}. ${staffPhones.services}; máy chủ ghi ở ${staffPhones.hosts.join(', ')}`,
    allFields: tables.allLabels(),
    photos: tables.photoTable(),
    letters: tables.letterTable(bookingRules.marketing),
    advertising: bookingRules.marketing
      ? 'chỉ bản tin qua email, tới người đã đồng ý riêng và xác nhận'
      : 'không gửi',
    recipientsAbroad: tables.recipientTable(tables.abroadRecipients()),
    recipients: tables.recipientTable(Object.keys(recipients) as RecipientName[]),
    agreements: tables.agreementTable(),
    fields: tables.fieldTable(),
    retention: tables.retentionTable(),
    storage: tables.storageTable(),
    hosts: tables.hostTable(),
    deadlines: tables.deadlineTable(),
    jobFields: Object.values(jobFields).join(', '),
    addressParts: addressParts.join(', '),
    mails: list(tables.mailLines(bookingRules.staffEmail)),
    keyStore,
    queueMessage,
  };
}
