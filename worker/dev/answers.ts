import * as v from 'valibot';

/** What a receiver was told to answer: the status, how often (absent = always), after which delay. */
export const AnswerSchema = v.object({
  status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  delayMs: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(60_000)), 0),
  headers: v.optional(v.record(v.string(), v.string()), {}),
});

/** A told answer after validation. */
export type Answer = v.InferOutput<typeof AnswerSchema>;

const GOOD: Answer = { status: 204, delayMs: 0, headers: {} };

/** Answers well until told otherwise, and again once the told answer was given `times` times. */
export class Answers {
  #told: Answer = GOOD;

  /** What the next call of `next` gives. */
  get current(): Answer {
    return this.#told;
  }

  /** Sets the answer for the next requests. */
  tell(answer: Answer): void {
    this.#told = answer;
  }

  /** Answers well again. */
  reset(): void {
    this.#told = GOOD;
  }

  /** The answer for this request, after its delay. */
  async next(): Promise<Answer> {
    const answer = this.#told;
    if (answer.times === 1) this.#told = GOOD;
    else if (answer.times) this.#told = { ...answer, times: answer.times - 1 };
    if (answer.delayMs > 0) await new Promise((done) => setTimeout(done, answer.delayMs));
    return answer;
  }
}

/** What the dispatch receiver at /dev/dispatch answers. */
export const dispatchAnswers = new Answers();

/** What the e-mail bindings do: a status of 400 or more makes `send` throw. */
export const emailAnswers = new Answers();
