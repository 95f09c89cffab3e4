import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { bookingRules, company, services, topics } from '../../shared/content/catalogue.ts';
import { LaunchSchema } from '../../shared/content/launch.ts';
import { type Collection, collections, loadSchema } from '../content/collections.ts';
import { factsFiles } from '../content/facts.ts';
import { describeField } from '../content/field.ts';
import { shapeOf } from '../content/form.ts';
import { PHOTO_FOLDER } from '../content/folder.ts';
import type { Shape } from '../editor/facts-form.mjs';
import { type Choice, type Choices, type CmsField, toFields } from './fields.ts';

/** What the editor at /admin/ starts from: its config, and the form of each facts file by the name of its format. */
export interface Editor {
  config: Record<string, unknown>;
  formats: Record<string, Shape>;
}

/** The editor needs some name of this shape until content/launch.json has one; nobody owns this repository. */
const NO_REPOSITORY = 'chua-ghi/kho-noi-dung';
/** A service page belongs to its service in the facts, and a published policy is kept: no form makes or deletes them. */
const KEPT = { services: { create: false, delete: false }, policies: { delete: false } };

/** Longest side in pixels to which the browser shrinks a photo before it is stored. */
const PHOTO_SIDE = 2000;
const PHOTO_MAX_BYTES = 40_000_000;

/** No stock photos. The browser encodes each photo anew, which also removes where and when it was taken. */
const mediaLibraries = {
  default: {
    config: {
      max_file_size: PHOTO_MAX_BYTES,
      slugify_filename: true,
      transformations: {
        raster_image: { format: 'webp', quality: 82, width: PHOTO_SIDE, height: PHOTO_SIDE },
      },
    },
  },
  stock_assets: { providers: [] },
};

const MESSAGES = {
  create: 'Viết {{collection}} “{{slug}}”',
  update: 'Sửa {{collection}} “{{slug}}”',
  delete: 'Xóa {{collection}} “{{slug}}”',
  uploadMedia: 'Thêm ảnh “{{path}}”',
  deleteMedia: 'Xóa ảnh “{{path}}”',
};

const BODY_HINT =
  'Đoạn đầu trả lời ngay câu hỏi. Đề mục bắt đầu bằng ##. Không gõ giá và số điện thoại vào bài.';
const TAG_HINT =
  'Số máy viết &lt;Hotline /&gt;, nút đặt lịch viết &lt;BookingLink service="mã dịch vụ"&gt;chữ trên nút&lt;/BookingLink&gt;.';

const FRONT = 'yaml-frontmatter';

/** What editors call the facts files. */
export const factsLabels: Readonly<Record<string, string>> = {
  company: 'Công ty: số máy, địa chỉ, Zalo',
  services: 'Dịch vụ và giá',
  pages: 'Lời riêng của từng trang',
  areas: 'Nơi phục vụ',
  booking: 'Đặt lịch: khung giờ, ngày nghỉ',
  crews: 'Các đội làm việc',
  topics: 'Chủ đề bài viết',
  holidays: 'Ngày lễ',
  launch: 'Trước khi lên mạng',
};

const icons: Readonly<Record<string, string>> = {
  news: 'article',
  services: 'cleaning_services',
  policies: 'gavel',
  album: 'photo_library',
  video: 'movie',
  about: 'info',
  letters: 'mail',
  english: 'translate',
};

export async function makeEditor(root: string): Promise<Editor> {
  const { repository, branch } = readLaunch(root);
  const choices = findChoices(root);
  const shown = collections.filter(({ name }) => name !== 'letters' || bookingRules.marketing);
  const prose = await Promise.all(shown.map((kind) => toCollections(kind, choices)));
  const config = {
    load_config_file: false,
    backend: {
      name: 'github',
      repo: repository || NO_REPOSITORY,
      branch,
      auth_methods: ['token'],
      commit_messages: MESSAGES,
    },
    app_title: `Sửa nội dung ${company.shortName}`,
    logo: { src: '/favicon.svg' },
    media_folder: PHOTO_FOLDER,
    public_folder: '',
    media_libraries: mediaLibraries,
    show_preview_links: false,
    editor: { preview: false },
    slug: { encoding: 'ascii', clean_accents: true },
    output: { omit_empty_optional_fields: true },
    collections: [...prose.flat(), toFactsCollection(choices)],
  };
  const formats = Object.entries(factsFiles).map(([file, schema]) => [
    nameOf(file),
    shapeOf(describeField(schema)) ?? {},
  ]);
  return { config, formats: Object.fromEntries(formats) as Record<string, Shape> };
}

function readLaunch(root: string): v.InferOutput<typeof LaunchSchema> {
  const text = readFileSync(path.join(root, 'content/launch.json'), 'utf8');
  return v.parse(LaunchSchema, JSON.parse(text));
}

function findChoices(root: string): Choices {
  const drawings = readdirSync(path.join(root, 'content/drawings'))
    .filter((name) => name.endsWith('.svg'))
    .map((name) => name.slice(0, -'.svg'.length))
    .toSorted();
  const named = ({ id, name }: { id: string; name: string }): Choice => ({
    label: name,
    value: id,
  });
  return {
    topic: topics.map(named),
    services: services.map(named),
    windows: bookingRules.windows.map(({ id, label }) => ({ label, value: id })),
    drawing: drawings.map((name) => ({ label: name, value: name })),
  };
}

/** A folder with .md and .mdx files is two lists in the editor, which knows one ending for each list. */
async function toCollections(kind: Collection, choices: Choices): Promise<unknown[]> {
  const fields = toFields(describeField(await loadSchema(kind)), choices);
  const withTags = addBody(fields, `${BODY_HINT} ${TAG_HINT}`);
  if (kind.file) {
    const file = `${kind.folder}/${kind.file}.mdx`;
    const one = { name: kind.file, label: kind.label, file, fields: withTags, format: FRONT };
    return [{ name: kind.name, label: kind.label, icon: icons[kind.name], files: [one] }];
  }
  return kind.extensions.toReversed().map((extension) => ({
    name: extension === 'mdx' ? kind.name : `${kind.name}-${extension}`,
    label: extension === 'mdx' ? kind.label : `${kind.label} (chỉ có chữ)`,
    label_singular: kind.singular,
    icon: icons[kind.name],
    folder: kind.folder,
    extension,
    format: FRONT,
    slug: '{{title}}',
    fields: extension === 'mdx' ? withTags : addBody(fields, BODY_HINT),
    ...(kind.name in KEPT ? KEPT[kind.name as keyof typeof KEPT] : {}),
  }));
}

/** In the form the body comes after title and description, in the file it is last. */
function addBody(fields: readonly CmsField[], hint: string): CmsField[] {
  const body = { name: 'body', label: 'Nội dung', hint, widget: 'text', required: false };
  const at = fields.findIndex(({ name }) => name !== 'title' && name !== 'description');
  return fields.toSpliced(at < 0 ? fields.length : at, 0, body);
}

/** Each facts file has a format of its own, so that editor and check write the same bytes. */
function toFactsCollection(choices: Choices): unknown {
  const files = Object.entries(factsFiles).map(([file, schema]) => ({
    name: nameOf(file),
    label: factsLabels[nameOf(file)] ?? nameOf(file),
    file,
    format: nameOf(file),
    fields: toFields(describeField(schema), choices),
  }));
  return { name: 'facts', label: 'Số liệu', icon: 'tune', files };
}

/** "content/company.json" is "company". */
function nameOf(file: string): string {
  return file.replace(/^content\/|\.json$/g, '');
}
