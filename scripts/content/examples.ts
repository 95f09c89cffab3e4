/** What an example is filled with. */
interface Words {
  title: string;
  slug: string;
  date: string;
  topic: string;
  service: string;
  drawing: string;
}

/** A filled entry to start from; it passes the check as it is. */
export interface Example {
  collection: string;
  front: (words: Words) => Record<string, unknown>;
  body: (words: Words) => string;
}

const article: Example = {
  collection: 'news',
  front: ({ title, topic, date, service }) => ({
    description: `Thay câu này: bài "${title}" trả lời điều gì, cho ai, trong một câu.`,
    topic,
    pubDate: date,
    services: [service],
    draft: true,
  }),
  body: ({ service }) =>
    `Đoạn đầu trả lời ngay câu hỏi của người đọc, hai hoặc ba câu.

## Làm theo thứ tự nào

1. Việc làm trước, ghi rõ dụng cụ và thời gian.
2. Việc tiếp theo, mỗi bước một câu.
3. Việc cuối cùng và cách xem đã sạch chưa.

<Callout title="Điều cần tránh">

Ghi một việc dễ làm hỏng đồ, và nên làm gì thay vào đó.

</Callout>

## Khi nào nên gọi người làm

Ghi lúc nào tự làm không được. Anh/chị <BookingLink service="${service}">gửi yêu cầu</BookingLink> hoặc gọi <Hotline />.`,
};

const service: Example = {
  collection: 'services',
  front: ({ title }) => ({
    description: `Thay câu này: dịch vụ "${title}" gồm việc gì, cho ai, ở đâu, trong một câu.`,
    forWhom: 'Nhà nào, lúc nào nên dùng dịch vụ này.',
    duration: 'Mất bao lâu, bằng lời; điều gì làm lâu hơn.',
    included: ['Việc thứ nhất có làm', 'Việc thứ hai có làm'],
    excluded: ['Việc không làm, để khách khỏi hiểu lầm'],
    prepare: ['Khách chuẩn bị gì trước khi đội đến'],
    steps: [
      { title: 'Hỏi kỹ', text: 'Bước này làm gì, một hai câu.' },
      { title: 'Làm và cùng xem lại', text: 'Bước này làm gì, một hai câu.' },
    ],
    questions: [{ question: 'Câu khách hay hỏi?', answer: 'Câu trả lời ngắn và thật.' }],
  }),
  body: ({ slug }) =>
    `Hai hoặc ba đoạn ngắn: việc này khó ở đâu, chúng tôi làm thế nào, điều gì nói trước với khách.

<BookingLink service="${slug}">Chọn ngày làm</BookingLink>`,
};

const policy: Example = {
  collection: 'policies',
  front: ({ title }) => ({
    description: `Thay câu này: chính sách "${title}" nói điều gì, áp dụng cho ai, trong một câu.`,
    order: 20,
    summary: ['Dòng một.', 'Dòng hai.', 'Dòng ba.', 'Dòng bốn.', 'Dòng năm.'],
    changes: 'Bản đầu tiên.',
  }),
  body: () =>
    `## Áp dụng khi nào

Ghi chính sách này áp dụng cho việc gì. Quý khách cần hỏi thêm xin gọi <Hotline />.`,
};

const album: Example = {
  collection: 'album',
  front: ({ title, drawing }) => ({
    order: 20,
    pictures: [
      {
        drawing,
        alt: `Thay câu này: hình của "${title}" có gì, cho người không nhìn thấy.`,
        caption: 'Hình này chỉ điều gì, một hai câu. Dùng ảnh chụp thì thay drawing bằng photo.',
      },
    ],
    draft: true,
  }),
  body: () => 'Một hai câu: các hình của nhóm này có gì chung.',
};

const video: Example = {
  collection: 'video',
  front: ({ title, date }) => ({
    description: `Thay câu này: phim "${title}" cho thấy việc gì, dài bao lâu, trong một câu.`,
    order: 20,
    pubDate: date,
    seconds: 60,
    youtube: 'thay-ma-nay',
    draft: true,
  }),
  body: () => `1. Bước một trong phim, viết ra cho người không xem được.
2. Bước hai.`,
};

/** The examples by the word after `npm run content -- new`. */
export const examples: Readonly<Record<string, Example>> = {
  article,
  service,
  album,
  video,
  policy,
};
