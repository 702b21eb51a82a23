import fc from "fast-check";
import { expect, it } from "vitest";
import { growingFloats, growingIndices } from "../../../../extension/core/columns/growing.ts";

type Step =
  | { readonly do: "push"; readonly value: number }
  | { readonly do: "append"; readonly values: readonly number[] }
  | { readonly do: "insert"; readonly at: number; readonly value: number }
  | { readonly do: "set"; readonly at: number; readonly value: number }
  | { readonly do: "reserve"; readonly length: number }
  | { readonly do: "fill"; readonly length: number; readonly value: number }
  | { readonly do: "cut"; readonly length: number };

const value = fc.nat(4_294_967_295);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("push" as const), value }),
  fc.record({ do: fc.constant("append" as const), values: fc.array(value, { maxLength: 200 }) }),
  fc.record({ do: fc.constant("insert" as const), at: fc.nat(300), value }),
  fc.record({ do: fc.constant("set" as const), at: fc.nat(300), value }),
  fc.record({ do: fc.constant("reserve" as const), length: fc.nat(300) }),
  fc.record({ do: fc.constant("fill" as const), length: fc.nat(300), value }),
  fc.record({ do: fc.constant("cut" as const), length: fc.nat(300) }),
);

it("finds the first number that isn't less, from any place before it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(50), { maxLength: 60 }),
      fc.nat(55),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, value, share) => {
        const numbers = growingFloats();
        const sorted = [...values].sort((a, b) => a - b);
        numbers.append(sorted);
        const wanted = sorted.findIndex((one) => one >= value);
        const at = wanted === -1 ? sorted.length : wanted;
        expect(numbers.firstFrom(value)).toBe(at);
        expect(numbers.firstFrom(value, Math.floor(share * at))).toBe(at);
      },
    ),
    { numRuns: 500 },
  );
});

it("an array of numbers that grows is like an array", () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 30 }), fc.boolean(), (steps, floats) => {
      const grown = floats ? growingFloats() : growingIndices();
      const plain: number[] = [];
      for (const step of steps) {
        switch (step.do) {
          case "push":
            grown.push(step.value);
            plain.push(step.value);
            break;
          case "append":
            grown.append(step.values);
            plain.push(...step.values);
            break;
          case "insert": {
            const at = Math.min(step.at, plain.length);
            grown.insert(at, step.value);
            plain.splice(at, 0, step.value);
            break;
          }
          case "set":
            grown.set(step.at, step.value);
            if (step.at < plain.length) plain[step.at] = step.value;
            break;
          case "reserve":
            grown.reserve(step.length);
            break;
          case "fill":
            grown.fillTo(step.length, step.value);
            while (plain.length < step.length) plain.push(step.value);
            break;
          case "cut":
            grown.cut(step.length);
            plain.splice(step.length);
            break;
        }
        expect(grown.length).toBe(plain.length);
      }
      expect([...grown.slice()]).toEqual(plain);
      expect([...grown.slice(1, plain.length)]).toEqual(plain.slice(1));
      expect(grown.at(plain.length)).toBeNaN();
      expect(grown.at(-1)).toBeNaN();
    }),
  );
});
