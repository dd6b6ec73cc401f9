// A server that answers as a test says.

/** Takes calls, which a test answers in their order. */
export class FakeApi {
  calls = [];

  get = path => this.#call({ method: 'GET', path });
  post = (path, body, signal) => this.#call({ method: 'POST', path, body, signal });

  #call(call) {
    return new Promise((resolve, reject) => {
      const abort = () => reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
      call.signal?.addEventListener('abort', abort);
      this.calls.push({ ...call, answer: resolve, fail: reject });
    });
  }

  get last() {
    return this.calls.at(-1);
  }
}

/** Answers each path by a function of the path, and notes the paths. */
export class InstantApi {
  paths = [];
  answer;

  constructor(answer) {
    this.answer = answer;
  }

  get = async path => {
    this.paths.push(path);
    return this.answer(path);
  };
}
