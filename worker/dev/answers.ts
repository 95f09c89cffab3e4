import * as v from 'valibot';

/** How a development receiver answers: the status, how often (absent: always) and after which delay. */
export const AnswerSchema = v.object({
  status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  delayMs: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(60_000)), 0),
  headers: v.optional(v.record(v.string(), v.string()), {}),
});

export type Answer = v.InferOutput<typeof AnswerSchema>;

const GOOD: Answer = { status: 204, delayMs: 0, headers: {} };

/** The answers of one receiver: 204, or the answer that was set, until it was given `times` times. */
export class Answers {
  #answer: Answer = GOOD;

  /** The answer that the next request gets. */
  get current(): Answer {
    return this.#answer;
  }

  /** Sets the answer for the next requests. */
  set(answer: Answer): void {
    this.#answer = answer;
  }

  reset(): void {
    this.#answer = GOOD;
  }

  /** The answer for this request, given after its delay. */
  async next(): Promise<Answer> {
    const answer = this.#answer;
    if (answer.times === 1) this.#answer = GOOD;
    else if (answer.times) this.#answer = { ...answer, times: answer.times - 1 };
    if (answer.delayMs > 0) await new Promise((done) => setTimeout(done, answer.delayMs));
    return answer;
  }
}

/** What the dispatch receiver at /dev/dispatch answers. */
export const dispatchAnswers = new Answers();

/** What the e-mail bindings do: a status of 400 or more makes `send` throw. */
export const emailAnswers = new Answers();
