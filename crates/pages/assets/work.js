// Work that the paper asks a browser for on suspicion: a number by which the SHA-256 of `text.number` begins with
// `bits` zero bits. In slices, so that the page goes on meanwhile. Pages of other sites take this file in as well.

// The constants of FIPS 180-4: the fractions of the roots of the first primes.
const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
const K = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));
const START = Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));

const w = new Int32Array(64);
const turn = (x, n) => (x >>> n) | (x << (32 - n));

// One block of 64 bytes into a state.
const press = (state, bytes, from) => {
  for (let i = 0; i < 16; i += 1) {
    const at = from + i * 4;
    w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const a = w[i - 15];
    const b = w[i - 2];
    w[i] = (w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
};

const zeros = (state) => {
  let bits = 0;
  for (const word of state) {
    bits += Math.clz32(word);
    if (word) break;
  }
  return bits;
};

export const solve = async ({ text, bits }) => {
  const fixed = new TextEncoder().encode(`${text}.`);
  const whole = fixed.length - (fixed.length % 64);
  const begun = START.slice();
  for (let at = 0; at < whole; at += 64) press(begun, fixed, at);
  const rest = new Uint8Array(128);
  const state = new Int32Array(8);
  const tail = fixed.length - whole;
  const view = new DataView(rest.buffer);
  rest.set(fixed.subarray(whole));
  let until = performance.now() + 15;
  for (let n = 0; ; n += 1) {
    const number = String(n);
    rest.fill(0, tail);
    for (let i = 0; i < number.length; i += 1) rest[tail + i] = number.charCodeAt(i);
    const length = tail + number.length;
    rest[length] = 0x80;
    const end = length < 56 ? 64 : 128;
    view.setUint32(end - 4, (whole + length) * 8);
    state.set(begun);
    for (let at = 0; at < end; at += 64) press(state, rest, at);
    if (zeros(state) >= bits) return `${text}.${number}`;
    if (n % 256 === 255 && performance.now() > until) {
      await new Promise((on) => { setTimeout(on); });
      until = performance.now() + 15;
    }
  }
};
